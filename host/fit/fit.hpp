// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a calibration leaves: estimates with their errors, and how well the model then describes the
// history.

#include <optional>
#include <string>
#include <vector>

#include "host/fit/likelihood.hpp"
#include "host/fit/residuals.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::fit {

/// Of a fit by maximum likelihood.
struct LikelihoodFigures {
    double log_likelihood = 0.0;
    std::size_t parameters = 0;
    double aic = 0.0;  ///< 2 k - 2 log L (Akaike 1974): less is better
    double bic = 0.0;  ///< k ln n - 2 log L (Schwarz 1978)
    std::size_t starts = 0;
    std::size_t agreeing = 0;  ///< starts that led to this maximum
    Significance distance;     ///< kolmogorov_smirnov
    Significance clusters;     ///< clustering
};

/// Of a fit by moments.
struct MomentFigures {
    std::size_t blocks = 0;
    double block_hours = 0.0;
    std::size_t moments = 0;
    std::size_t degrees_of_freedom = 0;
    Significance overidentification;  ///< Hansen's J
};

struct Fit {
    scenario::Model model = scenario::Model::gbm;
    std::string brief;   ///< how it was made, in a few words
    std::string method;  ///< the same, with how the errors were made
    std::vector<Entry> entries;
    std::vector<double> se;  ///< of each entry; not a number: not available
    std::optional<LikelihoodFigures> likelihood;
    std::optional<MomentFigures> moments;
    std::vector<std::string> notes;
};

}  // namespace hedgestorm::fit
