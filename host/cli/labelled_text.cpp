// SPDX-License-Identifier: Apache-2.0

// Labelled numbers for programs: JSON and CSV.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/cli/show_labelled.hpp"

namespace hedgestorm::cli {
namespace {

using result::Labelled;
using result::LabelledArray;
using result::LabelledDimension;

nlohmann::ordered_json number(double x) {
    return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(nullptr);
}

/// A field of a CSV line, quoted where it must be (RFC 4180).
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') quoted += c;
    }
    return quoted + "\"";
}

std::string label(const LabelledDimension& dimension, std::size_t i) {
    return dimension.words.empty() ? fmt::format("{}", dimension.numbers[i])
                                   : field(dimension.words[i]);
}

std::string shown(double x) {
    return std::isfinite(x) ? fmt::format("{}", x) : "";
}

}  // namespace

std::string labelled_json(const Labelled& file) {
    nlohmann::ordered_json json;
    json["kind"] = file.kind;
    json["title"] = file.title;
    for (const auto& [name, value] : file.attributes) json["attributes"][name] = value;
    for (const LabelledDimension& d : file.dimensions) {
        auto& labels = json["dimensions"][d.name];
        for (std::size_t i = 0; i < d.size(); ++i) {
            if (d.words.empty()) {
                labels.push_back(number(d.numbers[i]));
            } else {
                labels.push_back(d.words[i]);
            }
        }
    }
    for (const LabelledArray& a : file.arrays) {
        auto& array = json["arrays"][a.name];
        array["long_name"] = a.meaning.long_name;
        array["dimensions"] = a.dimensions;
        auto values = nlohmann::ordered_json::array();
        for (const double x : a.values) values.push_back(number(x));
        array["values"] = std::move(values);
    }
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string labelled_csv(const Labelled& file) {
    std::string out = "array";
    for (const LabelledDimension& d : file.dimensions) {
        if (d.name != "statistic") out += "," + field(d.name);
    }
    out += ",value,se,low,high\n";
    for (const LabelledArray& a : file.arrays) {
        const bool estimates = !a.dimensions.empty() && a.dimensions.back() == "statistic";
        const std::size_t each = estimates ? 4 : 1;
        for (std::size_t cell = 0; cell * each < a.values.size(); ++cell) {
            std::vector<std::string> labels(file.dimensions.size());
            std::size_t rest = cell;
            for (std::size_t d = a.dimensions.size() - (estimates ? 1 : 0); d-- > 0;) {
                for (std::size_t i = 0; i < file.dimensions.size(); ++i) {
                    const LabelledDimension& dimension = file.dimensions[i];
                    if (dimension.name != a.dimensions[d]) continue;
                    labels[i] = label(dimension, rest % dimension.size());
                    rest /= dimension.size();
                }
            }
            out += a.name;
            for (std::size_t i = 0; i < labels.size(); ++i) {
                if (file.dimensions[i].name != "statistic") out += "," + labels[i];
            }
            for (std::size_t i = 0; i < 4; ++i)
                out += "," + (i < each ? shown(a.values[cell * each + i]) : std::string());
            out += "\n";
        }
    }
    return out;
}

}  // namespace hedgestorm::cli
