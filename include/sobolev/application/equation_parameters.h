// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_equation_parameters_h
#define sobolev_application_equation_parameters_h

#include <sobolev/objective/formula_residual.h>
#include <sobolev/sampling/box.h>
#include <sobolev/sampling/point_draw.h>
#include <sobolev/sampling/sample_box.h>

#include <deal.II/base/function.h>
#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The parts of a parameter file that describe equations on a box, all of them
   * as text: name, constants, exact solution, and the sections Domain,
   * Equations, Sampling and Reference.
   *
   * A condition is `face: residual`, where a face is an input with its lower
   * or upper bound, `x = 1`, several of them with commas, or `boundary` for
   * all faces of all inputs but `t`.
   */
  class EquationParameters
  {
  public:
    /** Residuals on some faces of the box. */
    struct Condition
    {
      std::string          name, text;
      std::vector<BoxFace> faces;
      double               weight   = 1.;
      unsigned int         n_points = 1;
    };

    /** A known solution: the value of one unknown at a point. */
    using Solution =
      std::function<double(const std::vector<double> &x, unsigned int unknown)>;

    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for everything that does not fit together. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /** Points in the box, or on the faces of a condition, of this process. */
    InputPoints interior_points(const std::uint64_t seed,
                                const PointDraw    &draw,
                                const MPI_Comm      communicator) const;
    InputPoints condition_points(const Condition    &condition,
                                 const std::uint64_t seed,
                                 const PointDraw    &draw,
                                 const MPI_Comm      communicator) const;

    /** Points with equal weights that no training uses. */
    InputPoints
    test_points(const std::uint64_t seed, const MPI_Comm communicator) const;

    /** The blocks of the loss. */
    std::vector<std::unique_ptr<ResidualBlock>>
    make_blocks(const std::uint64_t seed,
                const PointDraw    &draw,
                const MPI_Comm      communicator) const;

    /** The known solution; empty if there is none. May take seconds. */
    Solution make_solution() const;

    std::string              name;
    FormulaNames             names;
    Box                      box;
    std::vector<std::string> equations;
    std::vector<Condition>   conditions;

  private:
    void                 parse_domain();
    void                 parse_interior();
    void                 parse_conditions();
    std::vector<BoxFace> parse_faces(const std::string &text) const;
    void                 parse_densities();
    void                 check_solution() const;
    void                 check_diffusion() const;
    Solution             make_diffusion_solution() const;

    // The value of a formula without variables.
    double
    parse_number(const std::string &entry, const std::string &text) const;

    // One number for each of n things, or one for all of them.
    std::vector<double> parse_numbers(const std::string &entry,
                                      const std::string &text,
                                      const unsigned int n) const;

    // Names and formulas.
    std::vector<std::pair<std::string, std::vector<std::string>>>
      interior_blocks;

    std::string  constants, exact_solution;
    std::string  inputs = "x", lower = "0", upper = "1";
    std::string  unknowns = "u", interior = "u", condition_list;
    double       interior_weight   = 1.;
    std::string  condition_weights = "1", condition_sizes = "100";
    unsigned int n_interior_points = 1000, n_test_points = 10000;
    std::string  density_list;
    std::string  reference = "none", diffusion = "1";
    std::string  source = "0", boundary_values = "0";

    std::vector<std::function<double(const double)>> densities;
  };
} // namespace sobolev

#endif
