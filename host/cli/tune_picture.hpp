// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tuning as a picture: the front with its errors, the objective along each parameter, and over
// two of them.

#include "host/plot/page.hpp"
#include "host/result/labelled.hpp"

namespace hedgestorm::cli {

plot::Page tune_picture(const result::Labelled& file);

}  // namespace hedgestorm::cli
