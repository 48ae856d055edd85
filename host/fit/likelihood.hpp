// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a model says of returns: the density of each given those before it, at any parameters.
//
// A likelihood is maximised over working coordinates, in which a box is all that binds them
// (logarithms of what is positive, logits of what lies between bounds); what the scenario's keys
// hold is worked out from these.

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "host/fit/returns.hpp"

namespace hedgestorm::fit {

/// A point in working coordinates.
using Point = std::vector<double>;

struct Coordinate {
    std::string name;  ///< what it stands for, as a note says it
    double low;
    double high;
};

/// A line of a [market] block: an estimate, or text that is none.
struct Entry {
    std::string table;  ///< as its header stands in the file
    std::string key;
    std::string unit;
    double value = 0.0;
    std::string text{};   ///< TOML; empty for an estimate
    std::string label{};  ///< what the table of estimates calls it; empty: table and key
};

/// Of each return given those before it.
struct Densities {
    std::vector<double> log;         ///< natural logarithm of the density
    std::vector<double> cumulative;  ///< probability of a return up to this one, where asked for
    bool wants_cumulative = false;

    void resize(std::size_t n) {
        log.resize(n);
        if (wants_cumulative) cumulative.resize(n);
    }
};

class Likelihood {
  public:
    virtual ~Likelihood() = default;
    Likelihood() = default;
    Likelihood(const Likelihood&) = delete;
    Likelihood& operator=(const Likelihood&) = delete;

    virtual std::vector<Coordinate> coordinates() const = 0;
    /// Where to start looking for the maximum, inside the box.
    virtual std::vector<Point> starts() const = 0;
    /// The densities at `at`; not finite where the model has none there.
    virtual void evaluate(const Point& at, Densities& densities) const = 0;
    /// The block's lines at `at`, always the same ones in the same order.
    virtual std::vector<Entry> entries(const Point& at) const = 0;
    /// How it was made comparable with a sampled history, in sentences.
    virtual std::vector<std::string> notes() const { return {}; }
};

inline double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}
inline double logit(double p) {
    return std::log(p / (1.0 - p));
}

}  // namespace hedgestorm::fit
