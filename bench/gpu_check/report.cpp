// SPDX-License-Identifier: Apache-2.0

#include "bench/gpu_check/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace hedgestorm::gpu_check {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + '"';
}

}  // namespace

void Report::check(std::string what, bool passed, std::string detail) {
    std::fputs(fmt::format("{}  {}: {}\n", passed ? "same   " : "DIFFERS", what, detail).c_str(),
               stdout);
    std::fflush(stdout);
    checks_.push_back({std::move(what), passed, std::move(detail)});
}

void Report::time(Timing timing) {
    std::fputs(
        fmt::format("timed    {}: {:.3e} {}\n", timing.what, timing.rate, timing.unit).c_str(),
        stdout);
    std::fflush(stdout);
    timings_.push_back(std::move(timing));
}

bool Report::passed() const {
    return std::all_of(checks_.begin(), checks_.end(), [](const Check& c) { return c.passed; });
}

std::string Report::table() const {
    std::string text;
    for (const Check& c : checks_) {
        text += fmt::format("{:8} {:52} {}\n", c.passed ? "same" : "DIFFERS", c.what, c.detail);
    }
    text += fmt::format("\n{:52} {:>10} {:>10} {:>10} {:>10}  {}\n", "timing", "median", "slowest",
                        "fastest", "target", "unit");
    for (const Timing& t : timings_) {
        const std::string target = t.target > 0.0 ? fmt::format("{:.2e}", t.target) : "-";
        text += fmt::format("{:52} {:>10.3e} {:>10.3e} {:>10.3e} {:>10}  {}\n", t.what, t.rate,
                            t.slowest, t.fastest, target, t.unit);
    }
    return text;
}

std::string Report::json(const std::string& device, const std::string& commit) const {
    std::string text = fmt::format("{{\n  \"device\": {},\n  \"commit\": {},\n  \"passed\": {},\n",
                                   quoted(device), quoted(commit), passed());
    text += "  \"checks\": [";
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        text += fmt::format("{}\n    {{\"what\": {}, \"passed\": {}, \"detail\": {}}}",
                            i > 0 ? "," : "", quoted(checks_[i].what), checks_[i].passed,
                            quoted(checks_[i].detail));
    }
    text += "\n  ],\n  \"timings\": [";
    for (std::size_t i = 0; i < timings_.size(); ++i) {
        const Timing& t = timings_[i];
        text += fmt::format(
            "{}\n    {{\"what\": {}, \"unit\": {}, \"median\": {:.6e}, \"slowest\": {:.6e}, "
            "\"fastest\": {:.6e}, \"target\": {:.6e}}}",
            i > 0 ? "," : "", quoted(t.what), quoted(t.unit), t.rate, t.slowest, t.fastest,
            t.target);
    }
    return text + "\n  ]\n}\n";
}

}  // namespace hedgestorm::gpu_check
