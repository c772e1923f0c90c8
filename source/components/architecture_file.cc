// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/components/architecture_file.h>
#include <sobolev/components/hdf5_reader.h>

#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  using namespace hdf5_reader;

  namespace
  {
    using Functions = std::vector<std::shared_ptr<const InputFunction>>;
    using SlopeKind = Architecture::Slopes::Kind;

    // What a null pointer is called.
    const std::string no_function = "none";

    // The names that values of enumerations have in files.
    const std::vector<std::pair<SlopeKind, std::string>> slope_names = {
      {SlopeKind::fixed, "fixed"},
      {SlopeKind::layer, "layer"},
      {SlopeKind::neuron, "neuron"}};

    const std::vector<std::pair<Architecture::Normalization, std::string>>
      normalization_names = {{Architecture::Normalization::none, "none"},
                             {Architecture::Normalization::layer, "layer"},
                             {Architecture::Normalization::batch, "batch"}};



    template <typename Enumeration>
    std::string
    to_name(const std::vector<std::pair<Enumeration, std::string>> &names,
            const Enumeration                                       value)
    {
      for (const auto &entry : names)
        if (entry.first == value)
          return entry.second;
      return "";
    }



    template <typename Enumeration>
    Enumeration
    read_enumeration(
      const hid_t                                             file,
      const std::string                                      &attribute,
      const std::vector<std::pair<Enumeration, std::string>> &names)
    {
      const std::string name = read_string(file, attribute);
      std::string       known;
      for (const auto &entry : names)
        {
          if (entry.second == name)
            return entry.first;
          known += (known.empty() ? "" : ", ") + entry.second;
        }
      throw InputError("the attribute '" + attribute + "' is '" + name +
                       "'; known are " + known + ".");
    }



    void
    write_functions(dealii::HDF5::File &file,
                    const std::string  &name,
                    const Functions    &functions)
    {
      const auto list = file.create_group(name);
      for (unsigned int i = 0; i < functions.size(); ++i)
        {
          const InputFunction *const function = functions[i].get();

          auto group = list.create_group(std::to_string(i));
          group.set_attribute("name",
                              function ? function->name() : no_function);
          group.set_attribute("text",
                              function ? function->text() : std::string());
          group.write_dataset("parameters",
                              function ? function->parameters()
                                       : std::vector<double>());
        }
    }



    Functions
    read_functions(const hid_t        file,
                   const std::string &name,
                   const long         version)
    {
      const Handle       list = open_group(file, name);
      const unsigned int n    = n_members(list);
      Functions          functions;
      for (unsigned int i = 0; i < n; ++i)
        {
          const Handle      group         = open_group(list, std::to_string(i));
          const std::string function_name = read_string(group, "name");
          const auto        parameters    = read_numbers(group, "parameters");
          const std::string text =
            version >= 2 ? read_string(group, "text") : "";
          functions.push_back(
            function_name == no_function
              ? nullptr
              : make_input_function(function_name, parameters, text));
        }
      return functions;
    }



    std::vector<std::vector<double>>
    read_waves(const hid_t file, const unsigned int n_inputs)
    {
      const auto numbers = read_numbers(file, "waves");
      AssertInput(n_inputs > 0 && numbers.size() % n_inputs == 0,
                  "the dataset 'waves' has "
                    << numbers.size()
                    << " numbers, which is not a multiple of the " << n_inputs
                    << " inputs.");
      std::vector<std::vector<double>> waves;
      for (std::size_t i = 0; i < numbers.size(); i += n_inputs)
        waves.emplace_back(numbers.begin() + i, numbers.begin() + i + n_inputs);
      return waves;
    }



    std::vector<unsigned int>
    read_counts(const hid_t        file,
                const std::string &name,
                const long         least,
                const std::string &what)
    {
      std::vector<unsigned int> counts;
      for (const long count : read_integers(file, name))
        {
          AssertInput(count >= least && count < 65536,
                      what << ' ' << count << " is not possible.");
          counts.push_back(count);
        }
      return counts;
    }
  } // namespace



  void
  write_architecture(dealii::HDF5::File &file, const Architecture &architecture)
  {
    std::vector<double> waves;
    for (const auto &wave : architecture.waves)
      waves.insert(waves.end(), wave.begin(), wave.end());

    file.set_attribute("activation", architecture.activation);
    file.set_attribute("slopes",
                       to_name(slope_names, architecture.slopes.kind));
    file.set_attribute("slope_scale", architecture.slopes.scale);
    file.set_attribute("first_slope", architecture.slopes.first);
    file.set_attribute("other_slope", architecture.slopes.other);
    file.set_attribute(
      "normalization",
      to_name(normalization_names, architecture.normalization));
    file.set_attribute("skip_connections",
                       static_cast<int>(architecture.skip_connections));
    file.set_attribute("factorized_weights",
                       static_cast<int>(architecture.factorized_weights));

    file.write_dataset("lower", architecture.lower);
    file.write_dataset("upper", architecture.upper);
    file.write_dataset("omitted_inputs", architecture.omitted_inputs);
    file.write_dataset("waves", waves);
    file.write_dataset("hidden_widths", architecture.hidden_widths);
    file.write_dataset("output_scale", architecture.output_scale);
    file.write_dataset("output_shift", architecture.output_shift);
    write_functions(file, "features", architecture.features);
    write_functions(file, "offsets", architecture.offsets);
    write_functions(file, "factors", architecture.factors);
  }



  Architecture
  read_architecture(const hid_t file, const long version)
  {
    Architecture architecture;
    architecture.activation = read_string(file, "activation");
    architecture.lower      = read_numbers(file, "lower");
    architecture.upper      = read_numbers(file, "upper");
    architecture.hidden_widths =
      read_counts(file, "hidden_widths", 1, "a hidden layer of width");
    architecture.output_scale = read_numbers(file, "output_scale");
    architecture.output_shift = read_numbers(file, "output_shift");
    architecture.features     = read_functions(file, "features", version);
    if (version < 2)
      return architecture;

    auto &slopes = architecture.slopes;
    slopes.kind  = read_enumeration(file, "slopes", slope_names);
    slopes.scale = read_number(file, "slope_scale");
    slopes.first = read_number(file, "first_slope");
    slopes.other = read_number(file, "other_slope");
    architecture.normalization =
      read_enumeration(file, "normalization", normalization_names);
    architecture.skip_connections = read_integer(file, "skip_connections") != 0;
    architecture.factorized_weights =
      read_integer(file, "factorized_weights") != 0;
    architecture.omitted_inputs =
      read_counts(file, "omitted_inputs", 0, "the omitted input");
    architecture.waves   = read_waves(file, architecture.n_inputs());
    architecture.offsets = read_functions(file, "offsets", version);
    architecture.factors = read_functions(file, "factors", version);
    return architecture;
  }
} // namespace sobolev
