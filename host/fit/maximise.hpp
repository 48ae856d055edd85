// SPDX-License-Identifier: Apache-2.0
#pragma once

// The largest likelihood, looked for from every start. NLopt is known to maximise.cpp and
// heston.cpp alone.

#include <atomic>

#include "host/fit/likelihood.hpp"

namespace hedgestorm::fit {

struct Maximum {
    Point at;
    double log_likelihood = 0.0;
    std::size_t starts = 0;
    std::size_t agreeing = 0;  ///< starts from which the same maximum is found
};

/// Sum of the log densities; minus infinity where one of them is not finite.
double log_likelihood(const Likelihood& likelihood, const Point& at, Densities& densities);

/// Sequential quadratic programming (Kraft 1994, NLopt's LD_SLSQP) from every start of the
/// likelihood, roughly; the best is then taken to the top, and others that may still get there.
/// Throws an Error of exit code `interrupted` soon after the flag, where there is one, is set, and
/// EngineError where no start leads anywhere.
Maximum maximise(const Likelihood& likelihood, const std::atomic<bool>* interrupted);

}  // namespace hedgestorm::fit
