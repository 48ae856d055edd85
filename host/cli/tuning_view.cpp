// SPDX-License-Identifier: Apache-2.0

#include "host/cli/tuning_view.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <sstream>

#include "host/cli/show_text.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"
#include "host/tune/compare.hpp"
#include "host/tune/labels.hpp"

namespace hedgestorm::cli {
namespace {

std::optional<double> number_in(const std::string& text) {
    char* end = nullptr;
    const double x = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') return std::nullopt;
    return x;
}

}  // namespace

TuningView::TuningView(const result::Labelled& file) : file_(file) {
    const auto list = file.texts.find("candidates");
    if (list == file.texts.end()) throw FileError("the file has no list of candidates");
    std::istringstream lines(list->second);
    std::string line;
    std::getline(lines, line);  // the heading
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::vector<std::string>& values = values_.emplace_back();
        std::string value;
        std::getline(cells, value, ';');  // the number
        while (std::getline(cells, value, ';')) values.push_back(value);
        values.resize(parameters().size());
    }
    if (values_.size() != file.dimension("candidate").size())
        throw FileError("the list of candidates does not fit the file's arrays");
    const std::string recommended = file.attribute("recommended");
    if (recommended == "none") return;
    recommended_ = std::strtoul(recommended.c_str(), nullptr, 10);
    if (*recommended_ >= candidates()) throw FileError("the recommendation is no candidate");
}

const std::vector<std::string>& TuningView::parameters() const {
    return file_.dimension("parameter").words;
}

const std::vector<std::string>& TuningView::objectives() const {
    return file_.dimension("objective").words;
}

double TuningView::of(const char* array, std::size_t candidate) const {
    return file_.array(array).values[candidate];
}

risk::Estimate TuningView::objective(std::size_t candidate, std::size_t k) const {
    return tune::estimate_at(file_.array("objectives").values, candidate * objectives().size() + k);
}

risk::Estimate TuningView::excess(std::size_t candidate) const {
    return tune::estimate_at(file_.array("excess").values, candidate);
}

double TuningView::number(std::size_t candidate, std::size_t parameter) const {
    return number_in(values_[candidate][parameter])
        .value_or(std::numeric_limits<double>::quiet_NaN());
}

std::string TuningView::name(std::size_t candidate) const {
    std::string text;
    for (std::size_t a = 0; a < parameters().size(); ++a) {
        const auto number = number_in(values_[candidate][a]);
        text += fmt::format("{}{} {}", a == 0 ? "" : ", ", short_key(parameters()[a]),
                            number ? plain_number(*number, 4) : escaped(values_[candidate][a]));
    }
    return text;
}

bool TuningView::is_compared(std::size_t candidate) const {
    return !std::isnan(of("p", candidate));
}

bool TuningView::is_on_front(std::size_t candidate) const {
    return !std::isnan(of("on_front", candidate));
}

bool TuningView::is_in_region(std::size_t candidate) const {
    if (!is_compared(candidate)) return false;
    return !(excess(candidate).value > 0.0 && of("p", candidate) < tune::significance);
}

std::string TuningView::short_key(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return escaped(dot == std::string::npos ? key : key.substr(dot + 1));
}

}  // namespace hedgestorm::cli
