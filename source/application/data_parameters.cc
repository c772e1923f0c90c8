// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/data_parameters.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;
  } // namespace



  void
  DataParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Data");
    prm.add_parameter("file",
                      file,
                      "Table of measured values: a line 'x, y, u' with names "
                      "of all inputs and of one or more unknowns, then one "
                      "line of numbers per point; relative to the folder of "
                      "the parameter file [-].",
                      Anything());
    prm.add_parameter("points",
                      n_points,
                      "Points in the domain at which the known solution is "
                      "observed; 0 for none [-].",
                      Integer(0));
    prm.add_parameter("unknowns",
                      unknowns,
                      "Unknowns that are observed there, separated by commas; "
                      "empty for all [-].");
    prm.add_parameter("noise",
                      noise,
                      "Standard deviation of random errors that are added to "
                      "the values, relative to their root mean square [-].",
                      Double(0.));
    prm.add_parameter("weight",
                      weight,
                      "Weight of the mean square mismatch in the loss [-].",
                      Double(0.));
    prm.leave_subsection();
  }



  void
  DataParameters::parse() const
  {
    AssertInput(file.empty() || n_points == 0,
                "Data/points: " << n_points << " observed points of a known "
                                << "solution and the entry 'file' exclude each "
                                   "other.");
    AssertInput(n_points > 0 || trim(unknowns).empty(),
                "Data/unknowns: '" << unknowns << "' has no effect, because "
                                   << "Data/points is 0.");
    AssertInput(is_used() || noise == 0.,
                "Data/noise: the value " << noise << " has no effect, because "
                                         << "there are no data; it must be "
                                            "0.");
  }



  Observations
  DataParameters::make_observations(const EquationParameters &equations,
                                    const std::string        &folder,
                                    const std::uint64_t       seed,
                                    const MPI_Comm communicator) const
  {
    const auto observe = [&](const unsigned int               n,
                             const std::vector<unsigned int> &outputs) {
      const auto solution = equations.make_solution();
      AssertInput(solution,
                  "Data/points: " << n << " points cannot be observed, because "
                                  << "there is no 'exact solution'.");
      Observations result{sample_box(equations.domain.box,
                                     {n, seed, PointRule::data_stream, {}},
                                     MPI_COMM_SELF),
                          outputs,
                          {}};
      for (const unsigned int output : outputs)
        {
          result.values.emplace_back();
          for (std::size_t p = 0; p < result.points.size(); ++p)
            result.values.back().push_back(
              solution(result.points.point(p), output));
        }
      return result;
    };
    auto names = equations.names;
    names.unknowns.resize(equations.given_unknowns().size());
    return make_observations(DataSource{names, equations.domain.box, observe},
                             folder,
                             seed,
                             communicator);
  }



  Observations
  DataParameters::make_observations(const DataSource   &source,
                                    const std::string  &folder,
                                    const std::uint64_t seed,
                                    const MPI_Comm      communicator) const
  {
    Observations all = file.empty() ? evaluate_solution(source)
                                    : read(source, folder, communicator);
    all.add_noise(noise, seed);
    return all.part(communicator);
  }



  Observations
  DataParameters::read(const DataSource  &source,
                       const std::string &folder,
                       const MPI_Comm     communicator) const
  {
    // 1. One process reads the file.
    const std::string name =
      (std::filesystem::path(folder) / file).lexically_normal().string();
    std::string text;
    bool        good = true;
    if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
      {
        std::ifstream     stream(name);
        std::stringstream content;
        content << stream.rdbuf();
        good = stream.is_open() && !stream.bad();
        text = content.str();
      }
    good = dealii::Utilities::MPI::broadcast(communicator, good);
    AssertInput(good, "Data/file: the file '" << name << "' cannot be read.");
    text = dealii::Utilities::MPI::broadcast(communicator, text);

    // 2. All understand it.
    Observations observations;
    try
      {
        observations =
          read_observations(text, source.names.inputs, source.names.outputs());
      }
    catch (const InputError &error)
      {
        throw InputError("Data/file: '" + name + "': " + error.what());
      }

    // 3. Points outside would train the network where no equation holds.
    const Box &box = source.box;
    for (std::size_t p = 0; p < observations.points.size(); ++p)
      for (unsigned int i = 0; i < box.n_inputs(); ++i)
        {
          const double x         = observations.points(i, p);
          const double tolerance = 1e-10 * box.length(i);
          AssertInput(
            x >= box.lower[i] - tolerance && x <= box.upper[i] + tolerance,
            "Data/file: '" << name << "': point " << p + 1 << " has "
                           << source.names.inputs[i] << " = " << x
                           << ", outside of the domain, " << box.lower[i]
                           << " to " << box.upper[i] << ".");
        }
    return observations;
  }



  Observations
  DataParameters::evaluate_solution(const DataSource &source) const
  {
    const auto               &names = source.names.unknowns;
    std::vector<unsigned int> outputs;
    for (const std::string &unknown :
         trim(unknowns).empty() ? names : split_string_list(unknowns, ','))
      {
        const auto position = std::find(names.begin(), names.end(), unknown);
        AssertInput(position != names.end(),
                    "Data/unknowns: '" << unknown << "' is no unknown.");
        outputs.push_back(position - names.begin());
      }
    Observations observations = source.observe(n_points, outputs);
    auto        &weights      = observations.points.weights;
    std::fill(weights.begin(), weights.end(), 1. / weights.size());
    return observations;
  }
} // namespace sobolev
