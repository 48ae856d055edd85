// SPDX-License-Identifier: Apache-2.0

#include "host/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <utility>

namespace hedgestorm::cli {
namespace {

std::string duration(double seconds) {
    if (!(seconds < 360000.0)) return "--:--";
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole >= 3600)
        return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_text(const std::string& label, const run::Progress& progress) {
    const double share = progress.total == 0 ? 1.0
                                             : static_cast<double>(progress.done) /
                                                   static_cast<double>(progress.total);
    if (progress.stage == run::Stage::preparing) {
        // No ETA: what is left of this says nothing of the run that follows.
        return fmt::format("{}: preparing, {:.0f} % of {:.3g} paths", label, 100.0 * share,
                           static_cast<double>(progress.total));
    }
    const double left = share > 0.0 ? progress.seconds * (1.0 - share) / share : INFINITY;
    std::string text = fmt::format("{}: {:3.0f} %  {:.3g} of {:.3g} paths  ETA {}", label,
                                   100.0 * share, static_cast<double>(progress.done),
                                   static_cast<double>(progress.total), duration(left));
    if (std::isfinite(progress.es.value)) {
        text += fmt::format("  ES {} {:.5g} [{:.5g}, {:.5g}]", progress.level, progress.es.value,
                            progress.es.low, progress.es.high);
    }
    return text;
}

ProgressLine::ProgressLine(std::string label, bool quiet)
    : label_(std::move(label)), quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

std::string progress_text(const std::string& label, const CountedWork& work) {
    const double share =
        work.total == 0 ? 1.0 : static_cast<double>(work.done) / static_cast<double>(work.total);
    const double left = share > 0.0 ? work.seconds * (1.0 - share) / share : INFINITY;
    return fmt::format("{}: {:3.0f} %  {} of {} {}  ETA {}", label, 100.0 * share, work.done,
                       work.total, work.noun, duration(left));
}

ProgressLine::~ProgressLine() {
    clear();
}

void ProgressLine::clear() {
    if (shown_ && terminal_) std::fputs("\r\033[K", stderr);
    shown_ = false;
}

double ProgressLine::pace() const {
    return terminal_ && !quiet_ ? 0.25 : 10.0;
}

void ProgressLine::report(const run::Progress& progress) {
    show(progress_text(label_, progress));
}

void ProgressLine::report(const CountedWork& work) {
    show(progress_text(label_, work));
}

void ProgressLine::show(const std::string& text) {
    if (quiet_) return;
    // A run goes on where nobody can read how far it is.
    std::fputs((terminal_ ? "\r" + text + "\033[K" : text + "\n").c_str(), stderr);
    std::fflush(stderr);
    shown_ = true;
}

}  // namespace hedgestorm::cli
