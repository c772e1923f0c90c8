// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/components/architecture_file.h>
#include <sobolev/components/hdf5_reader.h>
#include <sobolev/network/frozen_output.h>
#include <sobolev/network/parameter_layout.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  using namespace hdf5_reader;

  namespace
  {
    using Functions = std::vector<std::shared_ptr<const InputFunction>>;
    using Networks  = std::vector<std::shared_ptr<const FrozenNetwork>>;
    using SlopeKind = Architecture::Slopes::Kind;

    // What a null pointer is called, and a FrozenOutput.
    const std::string no_function = "none", output_function = "network output";

    // Networks within networks, at most; files may have links in a circle.
    constexpr unsigned int max_depth = 16;

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



    // All networks whose outputs are known functions.
    Networks
    find_networks(const Architecture &architecture)
    {
      Networks networks;
      for (const auto *functions : {&architecture.features,
                                    &architecture.offsets,
                                    &architecture.factors})
        for (const auto &function : *functions)
          if (const auto *const output =
                dynamic_cast<const FrozenOutput *>(function.get()))
            if (std::find(networks.begin(),
                          networks.end(),
                          output->frozen_network()) == networks.end())
              networks.push_back(output->frozen_network());
      return networks;
    }



    // The numbers from which read_function() makes the function.
    std::vector<double>
    parameters_in_file(const InputFunction &function, const Networks &networks)
    {
      auto              parameters = function.parameters();
      const auto *const output = dynamic_cast<const FrozenOutput *>(&function);
      if (output)
        {
          const auto position = std::find(
            networks.begin(), networks.end(), output->frozen_network());
          parameters.insert(parameters.begin(), position - networks.begin());
        }
      return parameters;
    }



    void
    write_functions(dealii::HDF5::Group &file,
                    const std::string   &name,
                    const Functions     &functions,
                    const Networks      &networks)
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
                              function ? parameters_in_file(*function, networks)
                                       : std::vector<double>());
        }
    }



    // A number that says which of n things.
    unsigned int
    to_index(const double value, const std::size_t n, const std::string &what)
    {
      AssertInput(value >= 0. && value < n && value == std::floor(value),
                  "a function refers to " << what << ' ' << value
                                          << ", but there are " << n << '.');
      return value;
    }



    std::shared_ptr<const InputFunction>
    read_function(const hid_t     group,
                  const long      version,
                  const Networks &networks)
    {
      const std::string name       = read_string(group, "name");
      const auto        parameters = read_numbers(group, "parameters");
      const std::string text = version >= 2 ? read_string(group, "text") : "";
      if (name == no_function)
        return nullptr;
      if (name != output_function || version < 3)
        return make_input_function(name, parameters, text);

      AssertInput(parameters.size() == 2,
                  "the function '" << name << "' has " << parameters.size()
                                   << " parameters; it needs the number of a "
                                      "network and that of an output.");
      const auto &network =
        networks[to_index(parameters[0], networks.size(), "the network")];
      return std::make_shared<FrozenOutput>(
        network,
        to_index(parameters[1], network->network().n_outputs(), "the output"));
    }



    Functions
    read_functions(const hid_t        file,
                   const std::string &name,
                   const long         version,
                   const Networks    &networks)
    {
      const Handle       list = open_group(file, name);
      const unsigned int n    = n_members(list);
      Functions          functions;
      for (unsigned int i = 0; i < n; ++i)
        functions.push_back(read_function(
          open_group(list, std::to_string(i)), version, networks));
      return functions;
    }



    NetworkFromFile read_network_at_depth(const hid_t        file,
                                          const long         version,
                                          const unsigned int depth);

    // The networks whose outputs are known functions.
    Networks
    read_networks(const hid_t        file,
                  const long         version,
                  const unsigned int depth)
    {
      AssertInput(depth < max_depth,
                  "there are more than " << max_depth
                                         << " networks within each other.");
      const Handle       list = open_group(file, "networks");
      const unsigned int n    = n_members(list);
      Networks           networks;
      for (unsigned int i = 0; i < n; ++i)
        {
          const Handle group = open_group(list, std::to_string(i));
          const auto   inner = read_network_at_depth(group, version, depth + 1);
          networks.push_back(std::make_shared<FrozenNetwork>(
            Network(inner.architecture), inner.theta));
        }
      return networks;
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



    // The network of a field has its part of theta once more. The values at
    // the start are not in the file.
    void
    write_coefficients(dealii::HDF5::Group       &file,
                       const Architecture        &architecture,
                       const std::vector<double> &theta)
    {
      const ParameterLayout layout(architecture);
      const auto           &values = architecture.coefficients;
      const auto            list   = file.create_group("coefficients");
      for (unsigned int i = 0; i < values.size(); ++i)
        {
          const CoefficientMap &map   = values[i].map;
          auto                  group = list.create_group(std::to_string(i));
          group.set_attribute("map",
                              to_name(CoefficientMap::kind_names(), map.kind));
          group.set_attribute("offset", map.offset);
          group.set_attribute("factor", map.factor);
          const auto networks = group.create_group("networks");
          if (values[i].field)
            {
              const auto begin = theta.begin() + layout.coefficients()[i].first;
              auto       network = networks.create_group("0");
              write_network(
                network,
                *values[i].field,
                {begin, begin + layout.coefficients()[i].n_parameters});
            }
        }
    }



    Architecture read_architecture(const hid_t        file,
                                   const long         version,
                                   const unsigned int depth);

    std::vector<Architecture::Coefficient>
    read_coefficients(const hid_t        file,
                      const long         version,
                      const unsigned int depth)
    {
      AssertInput(depth < max_depth,
                  "there are more than " << max_depth
                                         << " networks within each other.");
      std::vector<Architecture::Coefficient> coefficients;
      const Handle       list = open_group(file, "coefficients");
      const unsigned int n    = n_members(list);
      for (unsigned int i = 0; i < n; ++i)
        {
          const Handle              group = open_group(list, std::to_string(i));
          Architecture::Coefficient coefficient;
          coefficient.map.kind =
            read_enumeration(group, "map", CoefficientMap::kind_names());
          coefficient.map.offset = read_number(group, "offset");
          coefficient.map.factor = read_number(group, "factor");
          // A value that there is.
          coefficient.initial   = coefficient.map.value(0.);
          const Handle networks = open_group(group, "networks");
          if (n_members(networks) > 0)
            coefficient.field = std::make_shared<Architecture>(
              read_architecture(open_group(networks, "0"), version, depth + 1));
          coefficients.push_back(coefficient);
        }
      return coefficients;
    }



    Architecture
    read_architecture(const hid_t        file,
                      const long         version,
                      const unsigned int depth)
    {
      const Networks networks =
        version >= 3 ? read_networks(file, version, depth) : Networks();

      Architecture architecture;
      architecture.activation = read_string(file, "activation");
      architecture.lower      = read_numbers(file, "lower");
      architecture.upper      = read_numbers(file, "upper");
      if (architecture.upper.size() == architecture.lower.size())
        for (const auto &network : networks)
          AssertInput(network->network().n_inputs() == architecture.n_inputs(),
                      "a network within the network has "
                        << network->network().n_inputs() << " inputs, not "
                        << architecture.n_inputs() << '.');
      architecture.hidden_widths =
        read_counts(file, "hidden_widths", 1, "a hidden layer of width");
      architecture.output_scale = read_numbers(file, "output_scale");
      architecture.output_shift = read_numbers(file, "output_shift");
      architecture.features =
        read_functions(file, "features", version, networks);
      if (version < 2)
        return architecture;

      auto &slopes = architecture.slopes;
      slopes.kind  = read_enumeration(file, "slopes", slope_names);
      slopes.scale = read_number(file, "slope_scale");
      slopes.first = read_number(file, "first_slope");
      slopes.other = read_number(file, "other_slope");
      architecture.normalization =
        read_enumeration(file, "normalization", normalization_names);
      architecture.skip_connections =
        read_integer(file, "skip_connections") != 0;
      architecture.factorized_weights =
        read_integer(file, "factorized_weights") != 0;
      architecture.omitted_inputs =
        read_counts(file, "omitted_inputs", 0, "the omitted input");
      architecture.waves   = read_waves(file, architecture.n_inputs());
      architecture.offsets = read_functions(file, "offsets", version, networks);
      architecture.factors = read_functions(file, "factors", version, networks);
      if (version >= 4)
        architecture.coefficients = read_coefficients(file, version, depth);
      return architecture;
    }



    NetworkFromFile
    read_network_at_depth(const hid_t        file,
                          const long         version,
                          const unsigned int depth)
    {
      NetworkFromFile network{read_architecture(file, version, depth),
                              read_numbers(file, "theta")};
      AssertInput(std::all_of(network.theta.begin(),
                              network.theta.end(),
                              [](const double value) {
                                return std::isfinite(value);
                              }),
                  "a parameter is not a finite number.");
      return network;
    }
  } // namespace



  void
  write_network(dealii::HDF5::Group       &file,
                const Architecture        &architecture,
                const std::vector<double> &theta)
  {
    const Networks networks = find_networks(architecture);
    const auto     list     = file.create_group("networks");
    for (unsigned int i = 0; i < networks.size(); ++i)
      {
        auto group = list.create_group(std::to_string(i));
        write_network(
          group, networks[i]->network().architecture(), networks[i]->theta());
      }

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

    file.write_dataset("theta", theta);
    file.write_dataset("lower", architecture.lower);
    file.write_dataset("upper", architecture.upper);
    file.write_dataset("omitted_inputs", architecture.omitted_inputs);
    file.write_dataset("waves", waves);
    file.write_dataset("hidden_widths", architecture.hidden_widths);
    file.write_dataset("output_scale", architecture.output_scale);
    file.write_dataset("output_shift", architecture.output_shift);
    write_functions(file, "features", architecture.features, networks);
    write_functions(file, "offsets", architecture.offsets, networks);
    write_functions(file, "factors", architecture.factors, networks);
    write_coefficients(file, architecture, theta);
  }



  NetworkFromFile
  read_network(const hid_t group, const long version)
  {
    return read_network_at_depth(group, version, 0);
  }
} // namespace sobolev
