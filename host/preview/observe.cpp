// SPDX-License-Identifier: Apache-2.0
#include "host/preview/observe.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "hedgestorm/trace.hpp"
#include "host/plan/instrument_tables.hpp"
#include "host/run/work_together.hpp"

namespace hedgestorm::preview {
namespace {

/// Seconds between looks at whether the threads are done.
constexpr double pause = 0.02;

/// A number per path of a group.
using Lanes = std::array<double, trace_paths>;

double initial_value(Quantity quantity, const scenario::Scenario& s) {
    switch (quantity) {
        case Quantity::spot:
            return s.market.spot;
        case Quantity::volatility:
            return plan::diffusive_volatility(s.market);
        case Quantity::realised_volatility:
            return std::numeric_limits<double>::quiet_NaN();
        case Quantity::implied_multiplier:
            return 1.0;
        case Quantity::half_spread:
            return s.hedges.front().costs.half_spread * plan::initial_spread_multiplier(s.market);
        case Quantity::price:
            return plan::initial_price(s);
        case Quantity::basis:
            return plan::initial_price(s) / s.market.spot - 1.0;
        case Quantity::depth:
        case Quantity::collateral:
            return 1.0;
    }
    return 0.0;
}

/// Which steps end in an hourly close: the last grid time at or before each full hour; every time
/// of a grid whose steps are longer, and the end of a closed window that is. And the last step, so
/// that a stretch never lacks its end.
std::vector<bool> hourly_closes(const plan::Grid& grid, double day) {
    const double hour = day / 24.0;
    std::vector<bool> closes;
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const bool last = i + 1 == grid.steps.size();
        const double mark = std::ceil((grid.steps[i].to - grid.snap) / hour) * hour;
        const bool longer = grid.steps[i].to - grid.steps[i].from > hour + grid.snap;
        closes.push_back(last || longer || mark < grid.steps[i + 1].to - grid.snap);
    }
    return closes;
}

/// The stretches of 24 hours that end at the times observed, between closes.
class DaysBefore {
  public:
    DaysBefore(const plan::Grid& grid, const Observations& seen, double day)
        : closes_(hourly_closes(grid, day)) {
        std::vector<double> last_close = {0.0};  // after a number of steps
        for (std::size_t i = 0; i < grid.steps.size(); ++i)
            last_close.push_back(closes_[i] ? grid.steps[i].to : last_close.back());
        const auto& steps = seen.watch().steps;
        first_ = seen.first_time(Quantity::realised_volatility);
        for (std::size_t k = first_; k < seen.times().size(); ++k) {
            const double start = seen.times()[k] - day + grid.snap;
            const auto after = std::upper_bound(
                grid.steps.begin(), grid.steps.end(), start,
                [](double time, const plan::GridStep& step) { return time < step.to; });
            const auto ended = static_cast<std::uint32_t>(after - grid.steps.begin());
            if (steps_before_.empty() || steps_before_.back() != ended)
                steps_before_.push_back(ended);
            start_of_.push_back(steps_before_.size() - 1);
            length_.push_back(last_close[steps[k - 1] + 1] - last_close[ended]);
        }
    }

    bool closes(std::uint32_t step) const { return closes_[step]; }
    /// Numbers of steps that have ended when a stretch starts, ascending.
    const std::vector<std::uint32_t>& steps_before() const { return steps_before_; }
    bool has(std::size_t time) const { return time >= first_; }
    /// Which of steps_before(), and how long [years].
    std::size_t start_of(std::size_t time) const { return start_of_[time - first_]; }
    double length(std::size_t time) const { return length_[time - first_]; }

  private:
    std::vector<bool> closes_;
    std::size_t first_ = 0;
    std::vector<std::uint32_t> steps_before_;
    std::vector<std::size_t> start_of_;
    std::vector<double> length_;
};

/// Writes the traces of one group of paths after another into the observations.
class Recorder {
  public:
    Recorder(const DaysBefore& days, const std::vector<double>& scripted_implied,
             double displacement, Observations& seen)
        : days_(days),
          scripted_implied_(scripted_implied),
          displacement_(displacement),
          seen_(seen),
          squares_before_(days.steps_before().size()) {}

    void take(const TraceBlock& block) {
        if (block.first_step == 0) start();
        for (std::uint32_t i = 0; i < block.steps; ++i) {
            const std::uint32_t step = block.first_step + i;
            remember_squares(step);
            if (days_.closes(step)) close(block.at(TraceRow::log2_spot, i), block.paths);
            const auto& steps = seen_.watch().steps;
            if (next_ < steps.size() && steps[next_] == step) {
                ++next_;
                for (std::size_t q = 0; q < seen_.watch().quantities.size(); ++q)
                    write(q, next_, block, i);
            }
        }
    }

  private:
    void start() {
        squares_.fill(0.0);
        log2_close_.fill(0.0);
        next_ = 0;
        next_start_ = 0;
    }

    void close(const float* log2_spot, std::uint32_t paths) {
        for (std::uint32_t p = 0; p < paths; ++p) {
            const double move = double{log2_spot[p]} - log2_close_[p];
            squares_[p] += move * move;
            log2_close_[p] = log2_spot[p];
        }
    }

    void remember_squares(std::uint32_t steps_ended) {
        const auto& starts = days_.steps_before();
        if (next_start_ < starts.size() && starts[next_start_] == steps_ended)
            squares_before_[next_start_++] = squares_;
    }

    void write(std::size_t q, std::size_t time, const TraceBlock& block, std::uint32_t i) {
        const Quantity quantity = seen_.watch().quantities[q];
        float* to = seen_.at(q, time);
        const std::uint64_t first = seen_.watch().first_path;
        for (std::uint32_t p = 0; p < block.paths; ++p) {
            const std::uint64_t path = block.first_path + p;
            if (path < first || path - first >= seen_.watch().paths) continue;
            to[path - first] = value(quantity, time, block, i, p);
        }
    }

    float value(Quantity quantity, std::size_t time, const TraceBlock& block, std::uint32_t i,
                std::uint32_t p) const {
        if (quantity == Quantity::realised_volatility) {
            if (!days_.has(time)) return std::numeric_limits<float>::quiet_NaN();
            const double squares = squares_[p] - squares_before_[days_.start_of(time)][p];
            return static_cast<float>(std::numbers::ln2 * std::sqrt(squares / days_.length(time)));
        }
        const float traced = block.at(*info(quantity).row, i)[p];
        if (quantity == Quantity::spot) return static_cast<float>(traced - displacement_);
        if (quantity != Quantity::implied_multiplier) return traced;
        return static_cast<float>(traced * scripted_implied_[time]);
    }

    const DaysBefore& days_;
    const std::vector<double>& scripted_implied_;
    double displacement_;  ///< of the prices traced
    Observations& seen_;
    Lanes squares_{};     ///< of the log2 returns between closes so far
    Lanes log2_close_{};  ///< log2(S/S_0) at the last close
    std::vector<Lanes> squares_before_;
    std::size_t next_ = 0;        ///< of the steps watched
    std::size_t next_start_ = 0;  ///< of the stretches of 24 hours
};

}  // namespace

Observations::Observations(const scenario::Scenario& scenario, const plan::Grid& grid, Watch watch)
    : watch_(std::move(watch)), times_{0.0} {
    for (const std::uint32_t step : watch_.steps) times_.push_back(grid.steps[step].to);
    while (first_realised_ < times_.size() && times_[first_realised_] + grid.snap < day(scenario))
        ++first_realised_;
    values_.resize(watch_.quantities.size() * times_.size() * watch_.paths);
    for (std::size_t q = 0; q < watch_.quantities.size(); ++q)
        std::fill_n(at(q, 0), watch_.paths,
                    static_cast<float>(initial_value(watch_.quantities[q], scenario)));
}

std::size_t Observations::first_time(Quantity quantity) const {
    return quantity == Quantity::realised_volatility ? first_realised_ : 0;
}

Observations observe(const scenario::Scenario& scenario, const plan::Plan& plan, Watch watch,
                     const std::string& engine, int threads) {
    Observations seen(scenario, plan.grid(), std::move(watch));
    const DaysBefore days(plan.grid(), seen, day(scenario));
    const plan::StressScript script(scenario);
    std::vector<double> scripted_implied;
    for (const double t : seen.times()) scripted_implied.push_back(script.implied_multiplier(t));

    // Groups of neighbouring paths, each taken by one thread and written to places of its own.
    const std::uint64_t first = seen.watch().first_path / trace_paths;
    const std::uint64_t end =
        (seen.watch().first_path + seen.watch().paths + trace_paths - 1) / trace_paths;
    std::atomic<std::uint64_t> next = first;
    std::atomic<bool> stop = false;
    const auto work = [&](std::size_t) {
        Recorder recorder(days, scripted_implied, plan.displacement(), seen);
        const TraceSink sink = {
            [](void* of, const TraceBlock& block) { static_cast<Recorder*>(of)->take(block); },
            &recorder};
        for (std::uint64_t group = next++; group < end && !stop; group = next++) {
            const EngineStatus status =
                trace_market(engine.c_str(), plan.view(),
                             {group * trace_paths, (group + 1) * trace_paths}, sink);
            if (!status.ok()) throw EngineError(engine + ": " + status.failure);
        }
    };
    const auto members = std::min<std::uint64_t>(static_cast<std::uint64_t>(threads), end - first);
    run::work_together(static_cast<std::size_t>(members), pause, stop, work, [] {});
    return seen;
}

}  // namespace hedgestorm::preview
