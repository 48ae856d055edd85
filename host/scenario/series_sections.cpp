// SPDX-License-Identifier: Apache-2.0

// The keys of the markets that come from history: [market.series], its models, and the clustered
// jumps of [market.hawkes].

#include "host/scenario/sections.hpp"
#include "host/scenario/series_file.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_path = 4096;
constexpr std::size_t longest_column = 200;
constexpr std::size_t longest_time = 64;
constexpr std::size_t most_stretches = 10'000;

constexpr Word<Gaps> gap_rules[] = {{"error", Gaps::error}, {"drop", Gaps::drop}};

}  // namespace

void describe(Keys& k, HawkesSpec& s) {
    k.number("baseline", s.baseline, above_to(0.0, 1e6),
             about("Intensity of jumps that no other jump has caused.").in("per year").needed());
    k.number("branching_ratio", s.branching_ratio, {.low = 0.0, .high = 1.0, .high_open = true},
             about("Jumps that one jump causes on average.").in("fraction").needed());
    k.number("decay", s.decay, above_to(0.0, 1e6),
             about("Speed at which the excitement fades.").in("per year").needed());
    k.number("jump_mean", s.jump_mean, between(-5.0, 5.0),
             about("Mean of ln(price after / before).").in("log").needed());
    k.number("jump_sd", s.jump_sd, between(0.0, 5.0),
             about("Standard deviation of ln(price after / before).").in("log").needed());
    k.number("initial_intensity", s.initial_intensity, above_to(0.0, 1e8),
             about("Intensity at time 0, at least the baseline; absent: its long-run mean, "
                   "baseline / (1 - branching_ratio).")
                 .in("per year"));
}

void describe(Keys& k, SeriesSpec& s) {
    k.text("file", s.file, longest_path,
           about("A CSV file with a header, a row for each price; relative to this file. The "
                 "resolved scenario holds its prices instead."));
    k.text("time_column", s.time_column, longest_column,
           about("Name of the column of times: ISO 8601, or whole seconds or milliseconds since "
                 "1970."));
    k.text("price_column", s.price_column, longest_column, about("Name of the column of prices."));
    k.choice("gaps", s.gaps, gap_rules, {},
             about("Missing rows: error (the default), or drop (no return is formed across the "
                   "gap)."));
    k.time("spacing", s.spacing, above_to(0.0, 1e9),
           about("From one price to the next; instead of file."));
    k.tables("stretch", s.stretches, most_stretches,
             about("Prices without a gap; instead of file."));
}

void describe(Keys& k, StretchSpec& s) {
    k.text("start", s.start, longest_time, about("Time of the first price, ISO 8601.").needed());
    k.numbers("prices", s.prices, above_to(0.0, 1e15), most_prices,
              about("One after another.").in("base currency").needed());
}

void describe(Keys& k, BootstrapSpec& s) {
    k.time(
        "mean_block", s.mean_block, above(0.0),
        about("Mean length of the blocks of consecutive returns, at least the spacing.").needed());
}

void describe(Keys& k, ReplaySpec& s) {
    k.text("start", s.start, longest_time,
           about("Time of the price that stands at time 0; absent: the first."));
    k.integer("start_row", s.start_row, 1, most_prices,
              about("The same as a row of prices, counted from 1; one of the two."));
    k.time("jitter", s.jitter, at_least(0.0),
           about("Each path starts at a row of its own, uniformly up to this long after the "
                 "start."));
}

}  // namespace hedgestorm::scenario
