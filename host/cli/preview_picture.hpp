// SPDX-License-Identifier: Apache-2.0
#pragma once

// A preview as a picture: a fan chart of each quantity over a shared time, with sample paths and
// stresses.

#include "host/plot/page.hpp"
#include "host/preview/preview.hpp"

namespace hedgestorm::cli {

plot::Page preview_picture(const preview::Preview& preview);

}  // namespace hedgestorm::cli
