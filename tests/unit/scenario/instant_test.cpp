// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/instant.hpp"

#include <gtest/gtest.h>

namespace hedgestorm::scenario {
namespace {

TEST(Instant, ReadsTheFormsOfIso8601) {
    const Instant ten = 1'584'007'200'000;  // 2020-03-12T10:00:00Z
    for (const char* text : {"2020-03-12T10:00:00Z", "2020-03-12 10:00:00", "2020-03-12T10:00",
                             "2020-03-12T10:00:00.0Z", "2020-03-12T11:30:00+01:30",
                             "2020-03-12T05:00:00-0500", "2020-03-12T12:00+02"})
        EXPECT_EQ(instant_in(text), ten) << text;
    EXPECT_EQ(instant_in("2020-03-12T10:00:00.25Z"), ten + 250);
    EXPECT_EQ(instant_in("2020-03-12"), ten - 36'000'000);
    EXPECT_EQ(instant_in("1969-12-31T23:59:59Z"), -1000);
}

TEST(Instant, ReadsSecondsAndMillisecondsSince1970) {
    EXPECT_EQ(instant_in("1584007200"), 1'584'007'200'000);
    EXPECT_EQ(instant_in("1584007200000"), 1'584'007'200'000);
    EXPECT_EQ(instant_in("0"), 0);
}

TEST(Instant, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "yesterday", "2020-13-01", "2021-02-29", "2020-3-1", "2020-03-12T",
          "2020-03-12T25:00", "2020-03-12T10:61", "2020-03-12T10:00:00+", "2020-03-12T10:00:00 UTC",
          "12/03/2020", "1584007200000000", "-5", "1584007200.5", "2020-03-12T10:00:00.Z"})
        EXPECT_EQ(instant_in(text), std::nullopt) << text;
}

TEST(Instant, IsShownInUtc) {
    EXPECT_EQ(shown(Instant{1'584'007'200'000}), "2020-03-12T10:00:00Z");
    EXPECT_EQ(shown(Instant{1'584'007'200'050}), "2020-03-12T10:00:00.050Z");
    EXPECT_EQ(shown(Instant{-1000}), "1969-12-31T23:59:59Z");
    EXPECT_EQ(instant_in(shown(Instant{951'782'400'123})), 951'782'400'123);
}

TEST(Instant, DurationsAreInTheirLargestUnit) {
    EXPECT_EQ(duration_in_words(3'600'000), "1 hour");
    EXPECT_EQ(duration_in_words(86'400'000), "1 day");
    EXPECT_EQ(duration_in_words(5'400'000), "1.5 hours");
    EXPECT_EQ(duration_in_words(1000), "1 second");
    EXPECT_EQ(duration_in_words(500), "0.5 seconds");
}

}  // namespace
}  // namespace hedgestorm::scenario
