// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/sample_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/problem/potentials/gupta_cluster.h>
#include <sobolev/problem/potentials/mueller_brown.h>
#include <sobolev/sampling/sample_file.h>
#include <sobolev/sampling/sample_potential.h>

#include <deal.II/base/patterns.h>

#include <algorithm>
#include <filesystem>
#include <functional>

namespace sobolev
{
  namespace
  {
    // Where energies of Mueller-Brown are of interest.
    const Box surface_box{{-1.5, -0.2}, {1.2, 2.}};



    // Let the first process do something, and all throw if it fails.
    void
    on_root(const std::function<void()> &action, const MPI_Comm communicator)
    {
      std::string message;
      if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
        try
          {
            action();
          }
        catch (const InputError &error)
          {
            message = error.what();
          }
      message = dealii::Utilities::MPI::broadcast(communicator, message);
      if (!message.empty())
        throw InputError(message);
    }



    std::string
    in_folder(const std::string &folder, const std::string &file)
    {
      return (std::filesystem::path(folder) / file).string();
    }
  } // namespace



  void
  SampleParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Data");
    prm.add_parameter(
      "file",
      file,
      "Energies and forces to learn, an extended XYZ file or a "
      "table with commas (.csv), see doc/energies_and_forces.md; "
      "relative to the parameter file; empty: made from the "
      "potential [-].");
    prm.add_parameter("potential",
                      potential,
                      "Without a file: the surface of Mueller and Brown, or a "
                      "cluster of metal atoms with a potential of Gupta [-].",
                      Selection("Mueller-Brown|Gupta"));
    prm.add_parameter(
      "training samples", n_training, "Samples to learn from [-].", Integer(1));
    prm.add_parameter("hold-out samples",
                      n_hold_out,
                      "Samples by which the best parameters are chosen [-].",
                      Integer(0));
    prm.add_parameter("test samples",
                      n_test,
                      "Samples that errors are measured with [-].",
                      Integer(1));
    prm.add_parameter("energy offset",
                      energy_offset,
                      "Added to all energies of a potential, as total energies "
                      "of molecules have it [u].",
                      Double());
    prm.add_parameter("largest energy",
                      largest_energy,
                      "Of Mueller-Brown: samples have energies up to this, "
                      "without the offset [u].",
                      Double(-100.));
    prm.add_parameter("atoms",
                      n_atoms,
                      "Of Gupta: 6, an octahedron, or 13, an icosahedron [-].",
                      Integer(1));
    prm.add_parameter("amplitude",
                      amplitude,
                      "Of Gupta: the largest standard deviation of the "
                      "displacements from the minimum, in distances of "
                      "neighbours [x].",
                      Double(1e-300));
    prm.add_parameter("written file",
                      written_file,
                      "Name of a file (.xyz or .csv) for all samples in the "
                      "folder of the results; empty: none [-].");
    prm.leave_subsection();

    prm.enter_subsection("Cluster");
    prm.add_parameter("radii",
                      radii,
                      "Centres of the radial functions of the features [x].",
                      List(Double(1e-300), 1));
    prm.add_parameter("width", width, "Their width [x].", Double(1e-300));
    prm.leave_subsection();
  }



  void
  SampleParameters::parse_parameters()
  {
    AssertInput(file.empty() || energy_offset == 0.,
                "Data/energy offset: the value "
                  << energy_offset << " is for energies of a potential, but "
                  << "Data/file is '" << file << "'; it must be 0.");
    if (potential == "Gupta")
      make_compact_cluster(n_atoms);
  }



  LabelledSamples
  SampleParameters::draw_samples(const std::uint64_t seed,
                                 SampleSets         &sets) const
  {
    const std::size_t n = std::size_t(n_training) + n_hold_out + n_test;
    LabelledSamples   samples;
    if (potential == "Mueller-Brown")
      {
        sets.potential = std::make_shared<MuellerBrown>();
        samples        = sample_surface(
          *sets.potential, {"x", "y"}, surface_box, largest_energy, n, seed);
      }
    else
      {
        sets.potential = std::make_shared<GuptaCluster>(n_atoms);
        sets.minimum =
          find_minimum(*sets.potential, make_compact_cluster(n_atoms));
        samples = sample_cluster(
          *sets.potential, "Ag", sets.minimum, amplitude, n, seed);
      }
    for (double &energy : samples.energies)
      energy += energy_offset;
    return samples;
  }



  LabelledSamples
  SampleParameters::read_collectively(const std::string &path,
                                      const MPI_Comm     communicator) const
  {
    LabelledSamples samples;
    on_root(
      [&] {
        try
          {
            samples = read_samples(path);
          }
        catch (const InputError &error)
          {
            throw InputError(std::string("Data/file: ") + error.what());
          }
      },
      communicator);
    for (auto *names : {&samples.names, &samples.species})
      *names = dealii::Utilities::MPI::broadcast(communicator, *names);
    for (auto *table :
         {&samples.coordinates, &samples.energies, &samples.forces})
      *table = dealii::Utilities::MPI::broadcast(communicator, *table);
    return samples;
  }



  SampleSets
  SampleParameters::make_samples(const std::uint64_t seed,
                                 const std::string  &folder,
                                 const std::string  &output_folder,
                                 const MPI_Comm      communicator) const
  {
    SampleSets            sets;
    const LabelledSamples all =
      file.empty() ? draw_samples(seed, sets)
                   : read_collectively(in_folder(folder, file), communicator);
    const std::size_t n = std::size_t(n_training) + n_hold_out + n_test;
    AssertInput(all.size() >= n,
                "Data/file: '" << file << "' has " << all.size()
                               << " samples, fewer than the " << n
                               << " of training, hold-out and test samples.");

    const auto order = random_order(all.size(), seed);
    auto       next  = order.begin();
    for (auto &[set, size] : {std::make_pair(&sets.training, n_training),
                              std::make_pair(&sets.hold_out, n_hold_out),
                              std::make_pair(&sets.test, n_test)})
      {
        *set = all.subset({next, next + size});
        next += size;
      }
    if (!written_file.empty())
      on_root(
        [&] {
          write_samples(all, in_folder(output_folder, written_file));
        },
        communicator);
    return sets;
  }



  ClusterFeatures
  SampleParameters::make_features(const LabelledSamples &samples) const
  {
    const auto &species = samples.species;
    for (const std::string &name : species)
      AssertInput(name == species[0],
                  "Data/file: '" << file << "' has atoms of the species '"
                                 << species[0] << "' and '" << name
                                 << "'; they must be of one species, because "
                                    "features do not tell atoms apart.");
    return ClusterFeatures(species.size(), radii, width);
  }
} // namespace sobolev
