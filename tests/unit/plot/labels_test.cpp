// SPDX-License-Identifier: Apache-2.0
#include "host/plot/labels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace hedgestorm::plot {
namespace {

TEST(Flags, FlyOverThoseToTheirRight) {
    EXPECT_EQ(flag_rows({{0, 10}, {20, 10}}, 5), (std::vector<int>{0, 0}));
    EXPECT_EQ(flag_rows({{0, 10}, {5, 10}}, 5), (std::vector<int>{1, 0}));
    EXPECT_EQ(flag_rows({{0, 10}, {0, 10}, {0, 10}}, 5), (std::vector<int>{2, 1, 0}));
    // The third is beyond the first one's reach, so the first need not fly over it.
    EXPECT_EQ(flag_rows({{0, 10}, {5, 30}, {20, 5}}, 5), (std::vector<int>{2, 1, 0}));
    EXPECT_EQ(flag_rows({{0, 10}, {0, 10}, {0, 10}}, 2), (std::vector<int>{-1, 1, 0}));
    EXPECT_TRUE(flag_rows({}, 5).empty());
}

TEST(Flags, NeverMeet) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> place(0.0, 500.0), width(1.0, 90.0);
    for (int i = 0; i < 300; ++i) {
        std::vector<Flag> flags(12);
        for (Flag& flag : flags) flag = {place(random), width(random)};
        std::sort(flags.begin(), flags.end(), [](auto& a, auto& b) { return a.x < b.x; });
        const std::vector<int> row = flag_rows(flags, 4);
        for (std::size_t a = 0; a < flags.size(); ++a) {
            for (std::size_t b = a + 1; b < flags.size(); ++b) {
                // Flag a covers [x, x + width] in its row; pole b reaches up to the row of b.
                if (row[a] < 0 || flags[b].x > flags[a].x + flags[a].width) continue;
                ASSERT_GT(row[a], row[b]);
            }
        }
    }
}

TEST(Labels, GiveWayToThoseThatWereThereFirst) {
    LabelShelf shelf(10.0);
    EXPECT_EQ(shelf.place(0.0, 50.0, 100.0), 100.0);
    EXPECT_EQ(shelf.place(60.0, 50.0, 100.0), 100.0);  // beside it
    EXPECT_EQ(shelf.place(40.0, 50.0, 100.0), 110.0);  // above both
    EXPECT_EQ(shelf.place(20.0, 5.0, 91.0), 110.0);
    EXPECT_EQ(shelf.place(20.0, 5.0, 90.0), 90.0);
    shelf.take({0.0, 290.0, 10.0, 310.0});
    EXPECT_EQ(shelf.place(5.0, 50.0, 300.0), 315.0);
    EXPECT_EQ(shelf.place(10.0, 50.0, 290.0), 290.0);
}

TEST(Labels, AreMovedApartAndStayInside) {
    EXPECT_EQ(spread_apart({1, 2, 9}, 3, 0, 20), (std::vector<double>{1, 4, 9}));
    EXPECT_EQ(spread_apart({9, 9, 9}, 3, 0, 10), (std::vector<double>{4, 7, 10}));
    EXPECT_EQ(spread_apart({-5, 1}, 3, 0, 10), (std::vector<double>{0, 3}));
}

TEST(TextWidth, CountsCharactersNotBytes) {
    EXPECT_EQ(text_width("5 \xE2\x89\xA4 7", 10.0), text_width("5 < 7", 10.0));
}

}  // namespace
}  // namespace hedgestorm::plot
