// SPDX-License-Identifier: Apache-2.0

#include "host/result/labelled.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "host/result/memory_file.hpp"
#include "host/result/read_file.hpp"
#include "host/result/schema.hpp"
#include "host/result/table.hpp"
#include "host/result/table_reader.hpp"
#include "host/support/build_info.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::result {
namespace {

/// What stands in the file, as JSON, so that a reader finds everything by name.
std::string contents_of(const Labelled& labelled) {
    nlohmann::json contents;
    for (const LabelledDimension& d : labelled.dimensions) {
        contents["dimensions"].push_back({{"name", d.name},
                                          {"words", !d.words.empty()},
                                          {"size", d.size()},
                                          {"long_name", d.meaning.long_name},
                                          {"units", d.meaning.units}});
    }
    for (const LabelledArray& a : labelled.arrays) {
        contents["arrays"].push_back({{"name", a.name},
                                      {"dimensions", a.dimensions},
                                      {"long_name", a.meaning.long_name},
                                      {"units", a.meaning.units}});
    }
    for (const auto& [name, value] : labelled.attributes) contents["attributes"][name] = value;
    for (const auto& [name, text] : labelled.texts) contents["texts"].push_back(name);
    return contents.dump();
}

std::string encode(const Labelled& labelled) {
    const hdf5::Quiet quiet;
    const hdf5::Handle file = file_in_memory();
    {
        Table root(file, "/");
        const BuildInfo& build = build_info();
        root.attribute("title", labelled.title);
        root.attribute("kind", labelled.kind);
        root.attribute("schema_version", schema::version);
        root.attribute("program", std::string(schema::program));
        root.attribute("version", std::string(build.version));
        root.attribute("commit", std::string(build.commit) + (build.dirty ? "-dirty" : ""));
        root.attribute("created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                              fmt::gmtime(std::chrono::system_clock::to_time_t(
                                                  std::chrono::system_clock::now()))));
        for (const auto& [name, value] : labelled.attributes) root.attribute(name, value);
        for (const LabelledDimension& d : labelled.dimensions) {
            if (d.words.empty()) {
                root.numbers<double>(d.name, d.numbers, d.meaning);
            } else {
                root.words(d.name, d.words, d.meaning);
            }
        }
        for (const LabelledArray& a : labelled.arrays)
            root.array<double>(a.name, a.dimensions, a.values, a.meaning);
        for (const auto& [name, text] : labelled.texts)
            root.text(name, text, {"text of " + name + ", UTF-8"});
        root.text("contents", contents_of(labelled), {"what stands in this file, as JSON"});
    }
    return sealed_bytes_of(file);
}

Labelled decode(hid_t file) {
    const TableReader root(file, "/");
    Labelled labelled;
    labelled.kind = root.string_attribute("kind");
    labelled.title = root.string_attribute("title");
    const auto contents = nlohmann::json::parse(root.text("contents"), nullptr, false);
    if (contents.is_discarded() || !contents.is_object())
        throw hdf5::Failure("its list of contents cannot be read");
    try {
        std::map<std::string, hsize_t> size;
        for (const auto& d : contents.value("dimensions", nlohmann::json::array())) {
            LabelledDimension dimension;
            dimension.name = d.at("name");
            dimension.meaning = {d.at("long_name"), d.at("units")};
            if (d.at("words").get<bool>()) {
                dimension.words = root.words(dimension.name);
            } else {
                dimension.numbers = root.list(dimension.name);
            }
            if (dimension.size() != d.at("size").get<std::size_t>())
                throw hdf5::Failure("dimension " + dimension.name + " has another size");
            size[dimension.name] = dimension.size();
            labelled.dimensions.push_back(std::move(dimension));
        }
        for (const auto& a : contents.value("arrays", nlohmann::json::array())) {
            LabelledArray array;
            array.name = a.at("name");
            array.dimensions = a.at("dimensions").get<std::vector<std::string>>();
            array.meaning = {a.at("long_name"), a.at("units")};
            std::vector<hsize_t> shape;
            for (const std::string& name : array.dimensions) shape.push_back(size.at(name));
            array.values = root.numbers(array.name, shape);
            labelled.arrays.push_back(std::move(array));
        }
        const auto attributes = contents.value("attributes", nlohmann::json::object());
        for (const auto& [name, value] : attributes.items())
            labelled.attributes[name] = value.get<std::string>();
        for (const auto& name : contents.value("texts", nlohmann::json::array()))
            labelled.texts[name] = root.text(name);
    } catch (const nlohmann::json::exception& wrong) {
        throw hdf5::Failure(std::string("its list of contents: ") + wrong.what());
    } catch (const std::out_of_range&) {
        throw hdf5::Failure("an array has a dimension that is not there");
    }
    return labelled;
}

}  // namespace

const LabelledDimension& Labelled::dimension(const std::string& name) const {
    for (const LabelledDimension& d : dimensions) {
        if (d.name == name) return d;
    }
    throw FileError("the file has no dimension " + name);
}

const LabelledArray& Labelled::array(const std::string& name) const {
    for (const LabelledArray& a : arrays) {
        if (a.name == name) return a;
    }
    throw FileError("the file has no array " + name);
}

std::string Labelled::attribute(const std::string& name) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? "" : found->second;
}

void write(const Labelled& labelled, const std::filesystem::path& path, Overwrite overwrite) {
    require_writable(path, overwrite);
    save(path, encoded(path, [&] { return encode(labelled); }), overwrite);
}

std::string kind_of(const std::filesystem::path& path) {
    std::string kind;
    read_file(path, [&](hid_t file) {
        if (H5Aexists(file, "kind") > 0) kind = TableReader(file, "/").string_attribute("kind");
    });
    return kind;
}

Labelled read_labelled(const std::filesystem::path& path) {
    Labelled labelled;
    read_file(path, [&](hid_t file) { labelled = decode(file); });
    return labelled;
}

}  // namespace hedgestorm::result
