// SPDX-License-Identifier: Apache-2.0
#include "host/cli/progress.hpp"

#include <gtest/gtest.h>

#include "host/risk/intervals.hpp"

namespace hedgestorm::cli {
namespace {

run::Progress progress(std::uint64_t done, std::uint64_t total, double seconds) {
    run::Progress progress;
    progress.done = done;
    progress.total = total;
    progress.seconds = seconds;
    progress.es = risk::unavailable();
    return progress;
}

TEST(ProgressText, SaysHowFarARunIsAndHowLongItStillTakes) {
    EXPECT_EQ(progress_text("crash", progress(250'000, 1'000'000, 20.0)),
              "crash:  25 %  2.5e+05 of 1e+06 paths  ETA 1:00");
    EXPECT_EQ(progress_text("crash", progress(1, 4, 1201.0)),
              "crash:  25 %  1 of 4 paths  ETA 1:00:03");
    EXPECT_EQ(progress_text("crash", progress(4, 4, 9.0)), "crash: 100 %  4 of 4 paths  ETA 0:00");
}

TEST(ProgressText, KnowsNoEndBeforeTheFirstPath) {
    EXPECT_EQ(progress_text("crash", progress(0, 1000, 3.0)),
              "crash:   0 %  0 of 1e+03 paths  ETA --:--");
    EXPECT_EQ(progress_text("crash", progress(1, 1'000'000'000, 3600.0)),
              "crash:   0 %  1 of 1e+09 paths  ETA --:--");
    EXPECT_EQ(progress_text("crash", progress(0, 0, 0.0)), "crash: 100 %  0 of 0 paths  ETA 0:00");
}

TEST(ProgressText, SaysThatARunIsStillBeingPrepared) {
    run::Progress pilot = progress(16384, 65536, 30.0);
    pilot.stage = run::Stage::preparing;
    EXPECT_EQ(progress_text("crash", pilot), "crash: preparing, 25 % of 6.55e+04 paths");
}

TEST(ProgressText, GivesTheRunningShortfallWithItsInterval) {
    run::Progress half = progress(500, 1000, 1.0);
    half.level = "0.99";
    half.es = {1.68241, 0.001, 1.68012, 1.68501};
    EXPECT_EQ(progress_text("crash", half),
              "crash:  50 %  500 of 1e+03 paths  ETA 0:01  ES 0.99 1.6824 [1.6801, 1.685]");
}

}  // namespace
}  // namespace hedgestorm::cli
