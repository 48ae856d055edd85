// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the figures cannot say themselves: sentences on paths left out, thin tails, missing figures.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace hedgestorm::risk {

class Notes {
  public:
    /// A sentence, once.
    void say(std::string sentence) {
        if (std::find(sentences_.begin(), sentences_.end(), sentence) == sentences_.end())
            sentences_.push_back(std::move(sentence));
    }

    /// A figure that was asked for is not there, and this is why.
    void miss(std::string sentence) {
        missing_ = true;
        say(std::move(sentence));
    }

    const std::vector<std::string>& sentences() const { return sentences_; }
    bool missing() const { return missing_; }

  private:
    std::vector<std::string> sentences_;
    bool missing_ = false;
};

/// A number as a reader wants it: at most four significant digits.
std::string in_words(double value);

}  // namespace hedgestorm::risk
