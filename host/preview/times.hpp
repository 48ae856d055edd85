// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which times of a grid a picture shows: a few hundred, among them every time at which
// something happens.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/plan/grid.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::preview {

struct Span {
    double from;
    double to;
};

/// The market's closed windows until the horizon, ascending [years].
std::vector<Span> closed_spans(const scenario::Simulation& simulation);

/// Times at which stresses that are scripted start and end, and segments of the grid end; within
/// the horizon, ascending [years].
std::vector<double> event_times(const scenario::Scenario& scenario);

/// Times within the horizon at which the market closes or opens, ascending [years].
std::vector<double> closing_times(const std::vector<Span>& closed, double horizon);

/// At most `most` steps of the grid, ascending, the last one among them: those that end at events,
/// those just before and after events, those that end when the market closes and opens unless they
/// are more than half, and others spread evenly over time. Where events alone are more, as many of
/// them, spread evenly.
std::vector<std::uint32_t> shown_steps(const plan::Grid& grid, const std::vector<double>& events,
                                       const std::vector<double>& closing, std::size_t most);

}  // namespace hedgestorm::preview
