// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pictures as files: SVG or PNG, as their name ends.

#include <filesystem>

#include "host/plot/page.hpp"
#include "host/result/output_file.hpp"

namespace hedgestorm::cli {

extern const result::FileKind svg_picture;
extern const result::FileKind png_picture;

/// Throws UsageError where the name ends in neither, FileError where it cannot be written,
/// DrawingError without gnuplot. Call it before long work for a picture.
void require_picture(const std::filesystem::path& path, result::Overwrite overwrite);

/// Draws and saves it. Throws FileError, DrawingError.
void save_picture(const plot::Page& page, const std::filesystem::path& path,
                  result::Overwrite overwrite);

}  // namespace hedgestorm::cli
