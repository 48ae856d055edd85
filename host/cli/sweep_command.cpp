// SPDX-License-Identifier: Apache-2.0

// `hedgestorm sweep` and `hedgestorm reverse`: a scenario with some of its keys varied, on the same
// paths.

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>

#include "host/cli/commands.hpp"
#include "host/cli/files.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/show_labelled.hpp"
#include "host/cli/terminal.hpp"
#include "host/run/outcomes.hpp"
#include "host/support/escape.hpp"
#include "host/tune/reverse.hpp"
#include "host/tune/sweep.hpp"
#include "host/tune/tornado.hpp"

namespace hedgestorm::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* usual_figures[] = {"mean(pnl)", "sd(pnl)", "es_99(pnl)", "mean(total_cost)"};

/// 20%, or 0.2.
double share_in(const std::string& text) {
    std::string number = text;
    const bool percent = number.ends_with('%');
    if (percent) number.pop_back();
    double value = 0.0;
    const char* end = number.data() + number.size();
    const auto [stopped, error] = std::from_chars(number.data(), end, value);
    const double share = percent ? value / 100.0 : value;
    if (error != std::errc() || stopped != end || !(share > 0.0 && share < 1.0)) {
        throw UsageError(fmt::format(
            "sweep: --tornado {} must be a share between 0 and 100 %, as in 20%", escaped(text)));
    }
    return share;
}

/// What sweeps and searches do alike: output checked first, then the work under a progress line,
/// then file and tables.
class Job {
  public:
    Job(const ExperimentOptions& options, const std::string& suffix)
        : options_(options),
          output_(output_paths(options.output, {options.scenario}, {"results", suffix, {".h5"}})
                      .front()),
          overwrite_(options.force ? result::Overwrite::replace : result::Overwrite::refuse),
          runs_(options.engine, options.threads, watch_.flag()),
          line_(escaped(options.scenario.stem().string()), options.quiet),
          start_(Clock::now()) {
        make_output_folder(options.output, output_, 1);
        result::require_writable(output_, overwrite_);
    }

    run::OutcomeRuns& runs() { return runs_; }

    tune::Work work() {
        tune::Work work;
        work.scenario = options_.scenario;
        work.set = options_.set;
        work.paths = options_.paths;
        work.report = [this](std::size_t done, std::size_t total) { report(done, total); };
        return work;
    }

    ExitCode finish(const result::Labelled& file) {
        line_.clear();
        result::write(file, output_, overwrite_);
        if (!options_.quiet) {
            fmt::print("{}\nwritten to {}\n", show_labelled(file, terminal_style()),
                       escaped(output_.string()));
        }
        return ExitCode::done;
    }

  private:
    void report(std::size_t done, std::size_t total) {
        const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        if (seconds < next_report_) return;
        next_report_ = seconds + line_.pace();
        line_.report(CountedWork{done, total, seconds, "policies"});
    }

    const ExperimentOptions& options_;
    std::filesystem::path output_;
    result::Overwrite overwrite_;
    InterruptWatch watch_;
    run::OutcomeRuns runs_;
    ProgressLine line_;
    Clock::time_point start_;
    double next_report_ = 0.0;
};

}  // namespace

ExitCode sweep(const SweepOptions& options) {
    if (options.vary.empty() == options.tornado.empty())
        throw UsageError("sweep: say what to vary with --vary key=from:to:count, or --tornado 20%");
    std::vector<tune::Axis> axes;
    for (const std::string& text : options.vary) axes.push_back(tune::parse_axis(text));
    std::vector<tune::Statistic> statistics;
    for (const std::string& text : options.figures)
        statistics.push_back(tune::parse_statistic(text));
    if (statistics.empty()) {
        for (const char* text : usual_figures) statistics.push_back(tune::parse_statistic(text));
    }
    const double share = options.tornado.empty() ? 0.0 : share_in(options.tornado);
    Job job(options, options.tornado.empty() ? "-sweep.h5" : "-tornado.h5");
    tune::Evaluator evaluator(job.runs(), statistics);
    if (share > 0.0) return job.finish(tune::labelled(tune::tornado(job.work(), share, evaluator)));
    return job.finish(tune::labelled(tune::sweep(job.work(), tune::Grid(axes), evaluator)));
}

ExitCode reverse(const ReverseOptions& options) {
    tune::Reverse asked;
    asked.range = tune::parse_range(options.vary);
    asked.limit = tune::parse_limit(options.limit);
    asked.scan = options.scan;
    Job job(options, "-reverse.h5");
    asked.work = job.work();
    tune::Evaluator evaluator(job.runs(), {asked.limit.statistic});
    return job.finish(tune::labelled(tune::reverse(asked, evaluator)));
}

}  // namespace hedgestorm::cli
