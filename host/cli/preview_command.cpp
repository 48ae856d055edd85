// SPDX-License-Identifier: Apache-2.0

// `hedgestorm preview`: the market of a scenario as a picture, before anything is hedged in it.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include "host/cli/commands.hpp"
#include "host/cli/files.hpp"
#include "host/cli/picture_file.hpp"
#include "host/cli/preview_picture.hpp"
#include "host/cli/preview_text.hpp"
#include "host/cli/terminal.hpp"
#include "host/plot/draw.hpp"
#include "host/preview/preview.hpp"
#include "host/result/output_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using Path = std::filesystem::path;

enum class Format { svg, png, csv };

bool begins_as_csv(std::string_view start) {
    return start.starts_with(preview_csv_header);
}

struct FormatInfo {
    Format format;
    std::string name;
    result::FileKind kind;
};

/// Not a constant of its own: it is made of others'.
const std::vector<FormatInfo>& formats() {
    static const std::vector<FormatInfo> all = {
        {Format::svg, "svg", svg_picture},
        {Format::png, "png", png_picture},
        {Format::csv, "csv", {"preview as CSV", begins_as_csv}}};
    return all;
}

const FormatInfo* find(const std::string& name) {
    const auto found = std::find_if(formats().begin(), formats().end(),
                                    [&](const FormatInfo& one) { return one.name == name; });
    return found == formats().end() ? nullptr : &*found;
}

/// As asked for, or as the name of a file ends, which must not say two things.
const FormatInfo& format_of(const PreviewOptions& options, const Path& output) {
    const std::string extension = output.extension().string();
    const FormatInfo* by_name = extension.empty() ? nullptr : find(extension.substr(1));
    if (by_name == nullptr) {
        throw UsageError(
            fmt::format("{}: a picture's name ends in .svg, .png or .csv (the numbers)",
                        escaped(output.string())));
    }
    if (!options.format.empty() && options.format != by_name->name) {
        throw UsageError(fmt::format("--format {} and --output {} do not agree (leave one out)",
                                     options.format, escaped(output.string())));
    }
    return *by_name;
}

std::string content(const preview::Preview& made, Format format) {
    if (format == Format::csv) return preview_csv(made);
    return plot::draw(preview_picture(made),
                      format == Format::svg ? plot::Format::svg : plot::Format::png);
}

}  // namespace

ExitCode preview(const PreviewOptions& options) {
    const std::vector<scenario::Scenario> scenarios = load_all(options.scenarios, options.set);
    const std::string wanted = options.format.empty() ? "svg" : options.format;
    const std::vector<Path> outputs = output_paths(
        options.output, options.scenarios, {"", "-market." + wanted, {".svg", ".png", ".csv"}});
    const auto overwrite = options.force ? result::Overwrite::replace : result::Overwrite::refuse;
    bool draws = false;
    for (const Path& output : outputs) {
        const FormatInfo& format = format_of(options, output);
        draws = draws || format.format != Format::csv;
        make_output_folder(options.output, output, scenarios.size());
        result::require_writable(output, overwrite, format.kind);
    }
    if (draws) plot::require_gnuplot();

    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        const preview::Preview made =
            preview::preview(scenarios[i], {options.paths, options.samples});
        const FormatInfo& format = format_of(options, outputs[i]);
        result::save(outputs[i], content(made, format.format), overwrite, format.kind);
        if (options.quiet) continue;
        fmt::print("{}{}written to {}\n", i > 0 ? "\n" : "", preview_table(made, terminal_style()),
                   escaped(outputs[i].string()));
        std::fflush(stdout);
    }
    return ExitCode::done;
}

}  // namespace hedgestorm::cli
