// SPDX-License-Identifier: Apache-2.0
#pragma once

// Progress of a run on the standard error: one line rewritten on a terminal, a line every 10 s when
// piped.

#include <string>

#include "host/run/run.hpp"

namespace hedgestorm::cli {

class ProgressLine {
  public:
    /// `label` names the run; nothing is ever printed if `quiet`.
    ProgressLine(std::string label, bool quiet);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void report(const run::Progress& progress);

    /// Seconds between reports that suit where they go.
    double pace() const;

  private:
    std::string label_;
    bool quiet_;
    bool terminal_;
    bool shown_ = false;
};

/// One line: what is prepared; then share done, paths, ETA, and the running expected shortfall with
/// its interval.
std::string progress_text(const std::string& label, const run::Progress& progress);

}  // namespace hedgestorm::cli
