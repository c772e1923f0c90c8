// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_data_parameters_h
#define sobolev_application_data_parameters_h

#include <sobolev/application/equation_parameters.h>
#include <sobolev/sampling/observations.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sobolev
{
  /** Where data belong and, if they are not from a file, where from. */
  struct DataSource
  {
    /** Of inputs and outputs. */
    FormulaNames names;

    /** No point lies outside. */
    Box box;

    /**
     * Values of outputs of the known solution at about as many points in the
     * domain as wanted, the same on all processes; weights do not matter.
     * Collective.
     */
    std::function<Observations(const unsigned int               n_points,
                               const std::vector<unsigned int> &outputs)>
      observe;
  };



  /**
   * The section Data of a parameter file: values that unknowns should have at
   * points, from a file or from a known solution, with random errors if that is
   * wanted.
   */
  class DataParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse() const;

    /** Whether there are any. */
    bool
    is_used() const
    {
      return !file.empty() || n_points > 0;
    }

    /** As below, for equations in a box and their known solution. */
    Observations make_observations(const EquationParameters &equations,
                                   const std::string        &folder,
                                   const std::uint64_t       seed,
                                   const MPI_Comm communicator) const;

    /**
     * The part of the data of this process. Collective.
     *
     * @param folder    Where the file is, unless its name is absolute.
     * @param seed      Of points and random errors.
     *
     * @throws InputError on all processes alike.
     */
    Observations make_observations(const DataSource   &source,
                                   const std::string  &folder,
                                   const std::uint64_t seed,
                                   const MPI_Comm      communicator) const;

    double weight = 1.;

  private:
    Observations read(const DataSource  &source,
                      const std::string &folder,
                      const MPI_Comm     communicator) const;

    Observations evaluate_solution(const DataSource &source) const;

    std::string  file, unknowns;
    unsigned int n_points = 0;
    double       noise    = 0.;
  };
} // namespace sobolev

#endif
