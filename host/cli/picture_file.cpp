// SPDX-License-Identifier: Apache-2.0

#include "host/cli/picture_file.hpp"

#include <fmt/format.h>

#include <string_view>

#include "host/plot/draw.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

bool is_svg(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    if (extension != ".svg" && extension != ".png") {
        throw UsageError(
            fmt::format("{}: a picture's name ends in .svg or .png", escaped(path.string())));
    }
    return extension == ".svg";
}

}  // namespace

const result::FileKind svg_picture = {
    "SVG picture",
    [](std::string_view start) { return start.starts_with("<?xml") || start.starts_with("<svg"); }};
/// PNG Specification (ISO/IEC 15948), 5.2.
const result::FileKind png_picture = {
    "PNG picture", [](std::string_view start) { return start.starts_with("\x89PNG\r\n\x1a\n"); }};

void require_picture(const std::filesystem::path& path, result::Overwrite overwrite) {
    result::require_writable(path, overwrite, is_svg(path) ? svg_picture : png_picture);
    plot::require_gnuplot();
}

void save_picture(const plot::Page& page, const std::filesystem::path& path,
                  result::Overwrite overwrite) {
    const bool svg = is_svg(path);
    result::save(path, plot::draw(page, svg ? plot::Format::svg : plot::Format::png), overwrite,
                 svg ? svg_picture : png_picture);
}

}  // namespace hedgestorm::cli
