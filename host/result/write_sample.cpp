// SPDX-License-Identifier: Apache-2.0
#include "host/result/write_sample.hpp"

#include <algorithm>
#include <numeric>

#include "host/result/schema.hpp"
#include "host/result/table.hpp"

namespace hedgestorm::result {

using risk::ColumnSample;

namespace {

using Numbers = std::vector<double>;
using Counts = std::vector<unsigned long>;

/// first, first + 1, ... as a coordinate.
std::vector<int> numbered(std::size_t count, int first) {
    std::vector<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

std::vector<std::string> policy_names(const Result& result) {
    std::vector<std::string> names;
    for (const risk::AccountRisk& account : result.risk.accounts) names.push_back(account.policy);
    return names;
}

void write_columns(Table& table, const std::vector<ColumnSample>& columns) {
    std::vector<std::string> outcome;
    std::vector<int> policy;
    Counts first_bin, bins, paths, clipped;
    Numbers centre, power, min, max;
    std::vector<unsigned char> bits;
    std::size_t bin = 0;
    const bool bare = std::any_of(columns.begin(), columns.end(), [](const ColumnSample& column) {
        return column.mantissa_bits == 0;
    });
    const std::size_t orders = bare ? 8 : 4;
    for (const ColumnSample& column : columns) {
        outcome.push_back(schema::info(column.column).name);
        policy.push_back(column.account);
        first_bin.push_back(bin);
        bins.push_back(column.bins.size());
        bin += column.bins.size();
        paths.push_back(column.sums.count);
        clipped.push_back(column.clipped);
        centre.push_back(column.sums.centre);
        for (std::size_t k = 0; k < orders; ++k) {
            const bool summed = k < 4 || column.mantissa_bits == 0;
            power.push_back(summed ? column.sums.power[k] : schema::missing);
        }
        min.push_back(column.sums.min);
        max.push_back(column.sums.max);
        bits.push_back(column.identically_zero ? 0 : schema::bits_in_file(column.mantissa_bits));
    }
    constexpr const char* unit = "unit of the outcome";
    table.numbers<int>("column", numbered(columns.size(), 0), {"a policy's outcome"});
    table.array<int>("policy", {"column"}, policy,
                     {"place of the policy among the root's, -1 for the path's own columns"});
    table.array("outcome", {"column"}, outcome, {"name of the outcome"});
    table.array<unsigned char>(
        "mantissa_bits", {"column"}, bits,
        {"resolution of the histogram; 255: there is none; 0: every outcome is zero"});
    table.array<unsigned long>("first_bin", {"column"}, first_bin, {"its first bin"});
    table.array<unsigned long>("bins", {"column"}, bins, {"number of its bins"});
    table.array<unsigned long>("paths", {"column"}, paths, {"number of outcomes"});
    table.array<unsigned long>("clipped", {"column"}, clipped,
                               {"outcomes beyond the outermost bin, counted in it"});
    table.array<double>("centre", {"column"}, centre, {"c of the power sums", unit});
    table.numbers<int>("order", numbered(orders, 1), {"k of the sum of (x - c)^k"});
    table.array<double>("power", {"column", "order"}, power,
                        {"sum of (x - c)^k; beyond 4 only where there is no histogram",
                         "unit of the outcome to the power k"});
    table.array<double>("min", {"column"}, min, {"smallest outcome", unit});
    table.array<double>("max", {"column"}, max, {"largest outcome", unit});
}

/// One member of every bin, one column after another.
template <class T>
std::vector<T> of_bins(const std::vector<ColumnSample>& columns, T risk::Bin::*member) {
    std::size_t bins = 0;
    for (const ColumnSample& column : columns) bins += column.bins.size();
    std::vector<T> values;
    values.reserve(bins);
    for (const ColumnSample& column : columns)
        for (const risk::Bin& bin : column.bins) values.push_back(bin.*member);
    return values;
}

void write_bins(Table& table, const std::vector<ColumnSample>& columns) {
    constexpr const char* unit = "unit of the outcome";
    // One array at a time: together they are as large as the sample itself.
    const Counts count = of_bins(columns, &risk::Bin::count);
    table.plain("bin", count.size(), {"bins of all columns, one column after another"});
    table.array<unsigned long>("count", {"bin"}, count, {"outcomes in the bin"});
    table.array<double>("low", {"bin"}, of_bins(columns, &risk::Bin::low),
                        {"lower edge of the bin", unit});
    table.array<double>("high", {"bin"}, of_bins(columns, &risk::Bin::high),
                        {"upper edge of the bin", unit});
    table.array<double>("sum", {"bin"}, of_bins(columns, &risk::Bin::sum),
                        {"sum of the outcomes in the bin", unit});
}

void write_tails(Table& table, const Result& result) {
    const risk::Sample& sample = result.sample;
    const auto accounts = static_cast<std::size_t>(sample.accounts);
    const auto levels = static_cast<std::size_t>(sample.levels);
    if (sample.tails.empty() || sample.tails.size() != accounts * levels) return;
    Numbers threshold, excess, product;
    Counts beyond, count, both;
    for (const risk::TailSums& tail : sample.tails) {
        threshold.push_back(tail.threshold);
        excess.insert(excess.end(), tail.excess.begin(), tail.excess.end());
        beyond.insert(beyond.end(), tail.beyond.begin(), tail.beyond.end());
        count.insert(count.end(), tail.count.begin(), tail.count.end());
    }
    for (const risk::JointTail& joint : sample.joint) {
        product.push_back(joint.excess_product);
        both.push_back(joint.both_beyond);
    }
    table.numbers<int>("account", numbered(accounts, 0), {"place of the policy among the root's"});
    table.numbers<int>("other", numbered(accounts, 0), {"place of the other policy"});
    table.plain("tail", levels, {"confidence level, as in the root"});
    table.numbers<int>("batch", numbered(risk::batches, 0), {"path number modulo 64"});
    table.array<double>("threshold", {"account", "tail"}, threshold,
                        {"loss q beyond which the tail sums count", "currency"});
    table.array<double>("excess", {"account", "tail", "batch"}, excess,
                        {"sum of (loss - q)+", "currency"});
    table.array<unsigned long>("beyond", {"account", "tail", "batch"}, beyond,
                               {"number of losses beyond q"});
    table.array<unsigned long>("batch_paths", {"account", "tail", "batch"}, count,
                               {"number of paths"});
    if (sample.joint.size() != accounts * accounts * levels) return;
    table.array<double>("excess_product", {"account", "other", "tail"}, product,
                        {"sum of (loss - q)+ times the other policy's", "currency^2"});
    table.array<unsigned long>("both_beyond", {"account", "other", "tail"}, both,
                               {"number of paths on which both losses are beyond their q"});
}

}  // namespace

void write_worst(hid_t file, const Result& result) {
    const auto& worst = result.sample.worst;
    std::size_t ranks = 0;
    for (const auto& paths : worst) ranks = std::max(ranks, paths.size());
    if (ranks == 0 || worst.size() != result.risk.accounts.size()) return;
    Numbers pnl(worst.size() * ranks, schema::missing);
    Counts number(worst.size() * ranks, 0);
    for (std::size_t i = 0; i < worst.size(); ++i)
        for (std::size_t rank = 0; rank < worst[i].size(); ++rank) {
            pnl[i * ranks + rank] = worst[i][rank].pnl;
            number[i * ranks + rank] = worst[i][rank].path;
        }
    Table table(file, "/worst");
    table.words("policy", policy_names(result), {"hedging policy"});
    table.numbers<int>("rank", numbered(ranks, 1), {"1 is the worst path"});
    table.array<double>("pnl", {"policy", "rank"}, pnl,
                        {"P&L of the path; missing: there is no such rank", "currency"});
    table.array<unsigned long>("path", {"policy", "rank"}, number,
                               {"path number, with which it can be replayed"});
}

void write_tally(hid_t file, const Result& result) {
    if (result.sample.columns.empty()) return;
    Table table(file, "/tally");
    write_columns(table, result.sample.columns);
    write_bins(table, result.sample.columns);
    write_tails(table, result);
}

}  // namespace hedgestorm::result
