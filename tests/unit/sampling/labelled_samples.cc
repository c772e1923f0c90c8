// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Samples with energies and forces: drawn, in files, in random order.

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/potentials/gupta_cluster.h>
#include <sobolev/problem/potentials/mueller_brown.h>
#include <sobolev/sampling/sample_file.h>
#include <sobolev/sampling/sample_potential.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace sobolev;

namespace
{
  namespace fs = std::filesystem;

  // A folder of its own for each process.
  struct ScratchFolder
  {
    ScratchFolder()
      : path(fs::temp_directory_path() /
             ("sobolev samples " + std::to_string(getpid())))
    {
      fs::create_directories(path);
    }

    ~ScratchFolder()
    {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }

    std::string
    file(const std::string &name) const
    {
      return path / name;
    }

    const fs::path path;
  };



  LabelledSamples
  some_surface(const std::size_t n, const std::uint64_t seed = 3)
  {
    return sample_surface(
      MuellerBrown(), {"x", "y"}, {{-1.5, -0.2}, {1.2, 2.}}, 20., n, seed);
  }



  LabelledSamples
  some_clusters(const std::size_t n, const double amplitude = 0.1)
  {
    return sample_cluster(
      GuptaCluster(6), "Ag", make_compact_cluster(6), amplitude, n, 3);
  }



  void
  check_equal(const LabelledSamples &one, const LabelledSamples &two)
  {
    BOOST_TEST(one.names == two.names);
    BOOST_TEST(one.coordinates == two.coordinates);
    BOOST_TEST(one.energies == two.energies);
    BOOST_TEST(one.forces == two.forces);
  }



  // What read_samples() says about a file with this text.
  std::string
  complaint(const std::string &name, const std::string &text)
  {
    const ScratchFolder folder;
    std::ofstream(folder.file(name)) << text;
    try
      {
        read_samples(folder.file(name));
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no complaint";
  }



  void
  check_complaint(const std::string              &name,
                  const std::string              &text,
                  const std::vector<std::string> &parts)
  {
    const std::string found = complaint(name, text);
    for (const std::string &part : parts)
      BOOST_TEST((found.find(part) != found.npos),
                 "'" << part << "' is not in: " << found);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(labelled_samples)

BOOST_AUTO_TEST_CASE(surfaces_are_sampled_where_energies_are_small)
{
  const auto samples = some_surface(300);
  BOOST_TEST(samples.size() == 300);
  BOOST_TEST(!samples.is_cluster());
  double largest_x = -10., least_x = 10.;
  for (std::size_t i = 0; i < samples.size(); ++i)
    {
      const double q[] = {samples.coordinates[2 * i],
                          samples.coordinates[2 * i + 1]};
      double       forces[2];
      const double energy =
        MuellerBrown().energy_and_forces(dealii::ArrayView<const double>(q, 2),
                                         dealii::ArrayView<double>(forces, 2));
      BOOST_TEST(samples.energies[i] == energy);
      BOOST_TEST(samples.forces[2 * i + 1] == forces[1]);
      BOOST_TEST(energy <= 20.);
      largest_x = std::max(largest_x, q[0]);
      least_x   = std::min(least_x, q[0]);
    }
  BOOST_TEST(largest_x > 1.);
  BOOST_TEST(least_x < -1.);
  BOOST_CHECK_THROW(
    sample_surface(
      MuellerBrown(), {"x", "y"}, {{-1.5, -0.2}, {1.2, 2.}}, -146.69, 10, 1),
    InputError);
}



BOOST_AUTO_TEST_CASE(more_samples_begin_with_the_same_ones)
{
  const auto few = some_clusters(5), many = some_clusters(9);
  check_equal(few, many.subset({0, 1, 2, 3, 4}));
  BOOST_TEST(many.is_cluster());
  BOOST_TEST(many.n_coordinates() == 18);
  BOOST_TEST(many.names[5] == "z1");
  BOOST_TEST(
    (some_surface(4, 1).coordinates != some_surface(4, 2).coordinates));
}



BOOST_AUTO_TEST_CASE(displacements_have_the_amplitude)
{
  // Deviations are uniformly distributed: their mean square is a third.
  const auto minimum = make_compact_cluster(6);
  const auto samples = some_clusters(2000, 0.1);
  double     square  = 0.;
  for (std::size_t k = 0; k < samples.coordinates.size(); ++k)
    square += std::pow(samples.coordinates[k] - minimum[k % 18], 2);
  square /= samples.coordinates.size();
  BOOST_TEST(std::abs(square / (0.01 / 3.) - 1.) < 0.05);
}



BOOST_AUTO_TEST_CASE(an_order_has_all_numbers_once)
{
  auto order = random_order(100, 5);
  BOOST_TEST((order != random_order(100, 6)));
  BOOST_TEST(!std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < 100; ++i)
    BOOST_TEST(order[i] == i);
}



BOOST_AUTO_TEST_CASE(files_are_read_as_they_were_written)
{
  const ScratchFolder folder;
  write_samples(some_surface(7), folder.file("a.csv"));
  check_equal(read_samples(folder.file("a.csv")), some_surface(7));

  const auto clusters = some_clusters(4);
  for (const std::string name : {"b.csv", "b.xyz"})
    {
      write_samples(clusters, folder.file(name));
      const auto read = read_samples(folder.file(name));
      check_equal(read, clusters);
      BOOST_TEST(read.is_cluster());
    }
  BOOST_TEST(read_samples(folder.file("b.xyz")).species == clusters.species);
  BOOST_CHECK_THROW(write_samples(some_surface(2), folder.file("c.xyz")),
                    InputError);
  BOOST_CHECK_THROW(write_samples(clusters, folder.file("c.txt")), InputError);
}



BOOST_AUTO_TEST_CASE(extended_xyz_of_others)
{
  // Other columns, another order, quoted values, blanks and Windows line ends.
  const ScratchFolder folder;
  std::ofstream(folder.file("a.xyz"))
    << "2\r\n"
       "Lattice=\"9 0 0 0 9 0 0 0 9\" name=\"a b\" energy=-1.5 relaxed "
       "Properties=pos:R:3:Z:I:1:force:R:3:species:S:1 pbc=\"F F F\"\r\n"
       "0 0 1  47  0.5 0 -0.25  Ag\r\n"
       "\t1 0 1  47  -0.5 0 0.25  Ag\r\n"
       "\r\n";
  const auto samples = read_samples(folder.file("a.xyz"));
  BOOST_TEST(samples.size() == 1);
  BOOST_TEST(samples.energies[0] == -1.5);
  BOOST_TEST(
    (samples.coordinates == std::vector<double>{0., 0., 1., 1., 0., 1.}));
  BOOST_TEST(
    (samples.forces == std::vector<double>{0.5, 0., -0.25, -0.5, 0., 0.25}));
  BOOST_TEST((samples.species == std::vector<std::string>{"Ag", "Ag"}));
}



BOOST_AUTO_TEST_CASE(mistakes_in_tables_are_named_with_their_lines)
{
  check_complaint("a.csv", "", {"ends after line 0", "a line of names"});
  check_complaint("a.csv", "x,y,fx,fy\n", {"line 1", "'energy'"});
  check_complaint("a.csv", "x,y,energy,fx\n", {"line 1", "a force for each"});
  check_complaint("a.csv", "x,y,energy,fy,fx\n", {"line 1", "the name 'fx'"});
  check_complaint(
    "a.csv", "x,energy,fx\n1,2,3\n1,2\n", {"line 3", "3 numbers", "'1,2'"});
  check_complaint("a.csv",
                  "x,energy,fx\n1,2,3\n\n1,two,3\n",
                  {"line 4", "finite number for 'energy'", "'two'"});
  check_complaint("a.csv", "x,energy,fx\n1,nan,3\n", {"line 2", "'nan'"});
  check_complaint("a.csv", "x,energy,fx\n", {"there is no sample"});
  check_complaint("a.txt", "x,energy,fx\n", {"'.xyz' or '.csv'"});
}



BOOST_AUTO_TEST_CASE(mistakes_in_frames_are_named_with_their_lines)
{
  const std::string good =
    "1\nenergy=1 Properties=species:S:1:pos:R:3:forces:R:3\nAg 0 0 0 0 0 0\n";
  const auto frame = [](const std::string &pairs, const std::string &atom) {
    return "1\n" + pairs + "\n" + atom + "\n";
  };
  const std::string columns = "Properties=species:S:1:pos:R:3:forces:R:3";

  check_complaint("a.xyz", "Ag\n", {"line 1", "number of atoms"});
  check_complaint(
    "a.xyz", good + "2\n", {"line 4", "1 atoms, as in the first"});
  check_complaint("a.xyz", "1\n", {"ends after line 1"});
  check_complaint("a.xyz", frame(columns, ""), {"line 2", "'energy=...'"});
  check_complaint(
    "a.xyz", frame("energy=1", ""), {"line 2", "'Properties=...'"});
  check_complaint("a.xyz",
                  frame("energy=1 Properties=species:S:1:pos:R:3", ""),
                  {"line 2", "forces:R:3"});
  check_complaint("a.xyz",
                  frame("energy=low " + columns, ""),
                  {"line 2", "the energy", "'low'"});
  check_complaint("a.xyz",
                  frame("energy=1 pbc=\"T F F\" " + columns, ""),
                  {"line 2", "without periodic boundaries", "'T F F'"});
  check_complaint(
    "a.xyz", frame("energy=1 " + columns, "Ag 0 0 0"), {"line 3", "7 columns"});
  check_complaint("a.xyz",
                  frame("energy=1 " + columns, "Ag 0 0 0 0 0 up"),
                  {"line 3", "a force", "'up'"});
  check_complaint("a.xyz",
                  good + frame("energy=1 " + columns, "Au 0 0 0 0 0 0"),
                  {"line 6", "same species"});
  check_complaint("a.xyz",
                  "2\nenergy=1 " + columns + "\nAg 0 0 0 0 0 0\n",
                  {"ends after line 3", "an atom"});
  BOOST_CHECK_THROW(read_samples("nowhere.xyz"), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
