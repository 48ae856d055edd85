// SPDX-License-Identifier: Apache-2.0
#pragma once

// Progress of a run on the standard error: one line rewritten on a terminal, a line every 10 s when
// piped.

#include <cstddef>
#include <string>

#include "host/run/run.hpp"

namespace hedgestorm::cli {

/// Work that is counted in something else than paths.
struct CountedWork {
    std::size_t done = 0;
    std::size_t total = 0;
    double seconds = 0.0;
    std::string noun;  ///< "policies"
};

class ProgressLine {
  public:
    /// `label` names the run; nothing is ever printed if `quiet`.
    ProgressLine(std::string label, bool quiet);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void report(const run::Progress& progress);
    void report(const CountedWork& work);
    /// Takes the line away, so that something else may be printed.
    void clear();

    /// Seconds between reports that suit where they go.
    double pace() const;

  private:
    void show(const std::string& text);

    std::string label_;
    bool quiet_;
    bool terminal_;
    bool shown_ = false;
};

/// One line: what is prepared; then share done, paths, ETA, and the running expected shortfall with
/// its interval.
std::string progress_text(const std::string& label, const run::Progress& progress);

/// One line: share done, how many of how many, ETA.
std::string progress_text(const std::string& label, const CountedWork& work);

}  // namespace hedgestorm::cli
