// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a check of a GPU found: a table for people and JSON for programs.

#include <string>
#include <vector>

namespace hedgestorm::gpu_check {

struct Check {
    std::string what;
    bool passed;
    std::string detail;
};

struct Timing {
    std::string what;
    std::string unit;
    double rate;     ///< median
    double slowest;  ///< of the repetitions
    double fastest;
    double target;  ///< 0 where none is set
};

class Report {
  public:
    void check(std::string what, bool passed, std::string detail);
    void time(Timing timing);

    bool passed() const;
    std::string table() const;
    std::string json(const std::string& device, const std::string& commit) const;

  private:
    std::vector<Check> checks_;
    std::vector<Timing> timings_;
};

}  // namespace hedgestorm::gpu_check
