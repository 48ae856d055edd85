// SPDX-License-Identifier: Apache-2.0
#pragma once

// Errors of a computed number in units in the last place of the exact one, and the largest over a
// sweep.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace hedgestorm::test {

/// |actual - exact| in units in the last place that Scalar has at `exact`.
template <class Scalar>
double ulps(Scalar actual, long double exact) {
    int exponent = 0;
    std::frexp(exact, &exponent);
    const long double unit = std::ldexp(1.0L, exponent - std::numeric_limits<Scalar>::digits);
    return static_cast<double>(std::fabs(static_cast<long double>(actual) - exact) / unit);
}

/// The largest error of a sweep and where it was. A not-a-number counts as infinite.
struct Worst {
    double error = 0;
    double at = 0;

    void note(double new_error, double where) {
        if (new_error <= error) return;
        error = std::isnan(new_error) ? std::numeric_limits<double>::infinity() : new_error;
        at = where;
    }
};

/// Calls visit(x) for every stride-th float between two positive floats, and for its negative.
template <class Visit>
void for_floats(float first, float last, std::uint32_t stride, Visit visit) {
    const auto end = std::bit_cast<std::uint32_t>(last);
    for (auto i = std::bit_cast<std::uint32_t>(first); i <= end; i += stride) {
        visit(std::bit_cast<float>(i));
        visit(-std::bit_cast<float>(i));
    }
}

/// Calls visit(x) for `count` numbers spread over [first, last] with the fractional parts of the
/// multiples of the golden ratio, which leave no gap and fall into no rhythm.
template <class Visit>
void for_doubles(double first, double last, int count, Visit visit) {
    double position = 0;
    for (int i = 0; i < count; ++i) {
        position += 0.6180339887498949;
        if (position >= 1) position -= 1;
        visit(first + (last - first) * position);
    }
}

}  // namespace hedgestorm::test
