// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Surrogates in HDF5 files; doc/surrogate_file.md describes the layout.

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/architecture_file.h>
#include <sobolev/components/hdf5_reader.h>
#include <sobolev/components/network_function.h>

#include <deal.II/base/hdf5.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace sobolev
{
  using namespace hdf5_reader;

  namespace
  {
    const std::string format_name    = "sobolev surrogate";
    constexpr long    format_version = 4;



    std::map<std::string, std::string>
    read_provenance(const hid_t file)
    {
      const Handle                       group = open_group(file, "provenance");
      std::map<std::string, std::string> result;
      for (const std::string &name : attribute_names(group))
        result[name] = read_string(group, name);
      return result;
    }



    // The version of the format.
    long
    check_format(const hid_t file, const int dim)
    {
      AssertInput(has_attribute(file, "format") &&
                    read_string(file, "format") == format_name,
                  "it is an HDF5 file, but no surrogate of sobolev.");
      const long version = read_integer(file, "format_version");
      AssertInput(version >= 1 && version <= format_version,
                  "it has the format version "
                    << version << ", but this program reads up to version "
                    << format_version << ".");
      const long dimension = read_integer(file, "dimension");
      AssertInput(dimension == dim,
                  "it is for " << dimension << " space dimensions, not for "
                               << dim << ".");
      return version;
    }



    bool
    is_finite(const std::vector<double> &values)
    {
      return std::all_of(values.begin(), values.end(), [](const double value) {
        return std::isfinite(value);
      });
    }
  } // namespace



  template <int dim>
  std::unique_ptr<NetworkFunction<dim>>
  NetworkFunction<dim>::load(const std::string &file_name)
  {
    const SilentHDF5 silent;
    try
      {
        const Handle file    = open_file(file_name);
        const long   version = check_format(file, dim);

        const NetworkFromFile network = read_network(file, version);
        return std::make_unique<NetworkFunction<dim>>(
          Network(network.architecture),
          network.theta,
          read_integer(file, "has_time") != 0,
          read_provenance(file));
      }
    catch (const InputError &error)
      {
        throw InputError("the surrogate '" + file_name + "': " + error.what());
      }
  }



  template <int dim>
  void
  NetworkFunction<dim>::save(const std::string &file_name) const
  {
    AssertInput(is_finite(parameters),
                "the surrogate '" << file_name
                                  << "': a parameter is not a finite number.");

    const auto write = [&](const std::string &name) {
      using dealii::HDF5::File;

      File file(name, File::FileAccessMode::create);
      file.set_attribute("format", format_name);
      file.set_attribute("format_version", static_cast<int>(format_version));
      file.set_attribute("dimension", dim);
      file.set_attribute("has_time", static_cast<int>(time_input));
      write_network(file, map.architecture(), parameters);

      auto group = file.create_group("provenance");
      for (const auto &entry : origin)
        group.set_attribute(entry.first, entry.second);
    };

    write_atomically(file_name, [&](const std::string &temporary) {
      AssertInput(std::ofstream(temporary).good(),
                  "the file '" << file_name
                               << "' cannot be written; does its folder exist, "
                                  "and is there space on the disk?");
      {
        const SilentHDF5 silent;
        write(temporary);
      }

      // Whatever went wrong on the way to the disk, a surrogate that cannot be
      // read is noticed here and not when it is needed.
      bool good = false;
      try
        {
          good = load(temporary)->theta() == parameters;
        }
      catch (const InputError &)
        {
        }
      AssertInput(good,
                  "the file '" << file_name
                               << "' could not be written completely; is there "
                                  "space on the disk?");
    });
  }



  template std::unique_ptr<NetworkFunction<1>>
  NetworkFunction<1>::load(const std::string &);
  template std::unique_ptr<NetworkFunction<2>>
  NetworkFunction<2>::load(const std::string &);
  template std::unique_ptr<NetworkFunction<3>>
                NetworkFunction<3>::load(const std::string &);
  template void NetworkFunction<1>::save(const std::string &) const;
  template void NetworkFunction<2>::save(const std::string &) const;
  template void NetworkFunction<3>::save(const std::string &) const;
} // namespace sobolev
