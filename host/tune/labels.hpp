// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the files of sweeps, searches and tunings have in common.

#include <string>
#include <vector>

#include "host/result/labelled.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"
#include "host/tune/evaluate.hpp"

namespace hedgestorm::tune {

/// Title, scenario texts, seed and paths.
void label_run(const scenario::Scenario& scenario, Paths paths, result::Labelled& file);

/// The dimensions policy, figure and statistic.
void label_figures(const std::vector<std::string>& policies,
                   const std::vector<Statistic>& statistics, result::Labelled& file);

/// A key as a name that every reader of HDF5 takes: policy["band 5"].half_width as
/// policy_band_5_half_width; one that the file has not yet.
std::string dimension_name(const std::string& key, const result::Labelled& file);

/// value, se, low, high.
void append(const risk::Estimate& estimate, std::vector<double>& numbers);
risk::Estimate estimate_at(const std::vector<double>& numbers, std::size_t cell);

}  // namespace hedgestorm::tune
