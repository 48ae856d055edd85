// SPDX-License-Identifier: Apache-2.0
#pragma once

// A page in gnuplot's own language. The picture goes to gnuplot's standard output.

#include <string>
#include <string_view>

#include "host/plot/draw.hpp"
#include "host/plot/page.hpp"

namespace hedgestorm::plot {

/// `text` as a string of gnuplot's: letters and spaces as they are, every other byte as an octal
/// number, so that none can end the string, start a command or be a format. Control
/// characters become spaces, and what is not UTF-8 question marks.
std::string quoted(std::string_view text);

std::string gnuplot_script(const Page& page, Format format);

}  // namespace hedgestorm::plot
