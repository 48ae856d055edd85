// SPDX-License-Identifier: Apache-2.0
#pragma once

// Draws a page through gnuplot (5.4 or newer, Debian's gnuplot-nox), which runs as a program of its
// own: no shell, no file, no display.
//
// Text is never trusted: gnuplot sees every character of it that could mean something to it as a
// number (gnuplot_script.hpp).

#include <string>

#include "host/plot/page.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plot {

enum class Format { svg, png };

/// A picture that could not be drawn; exit code 6.
struct DrawingError : Error {
    explicit DrawingError(const std::string& what) : Error(ExitCode::report, what) {}
};

/// Throws DrawingError, saying what to install, where there is no gnuplot that runs. Call it before
/// long work for a picture.
void require_gnuplot();

/// The bytes of the picture. Throws DrawingError.
std::string draw(const Page& page, Format format);

}  // namespace hedgestorm::plot
