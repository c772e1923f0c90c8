// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_equation_parameters_h
#define sobolev_application_equation_parameters_h

#include <sobolev/application/domain_parameters.h>
#include <sobolev/application/reference_parameters.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/sampling/point_draw.h>

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
   * With a Sobolev order $K$, the network is also fitted to the exact solution
   * and its derivatives of the orders $0, \dots, K$, one FunctionMismatch
   * each; its derivatives may be multiplied by unknown coefficients.
   *
   * A condition is `face: residual`, where a face is an input with its lower
   * or upper bound, `x = 1`, or the name of a ParametricSurface, several of
   * them with commas, or `boundary` for all faces of all inputs but `t`.
   * Several residuals with commas are one condition.
   *
   * The domain may be a part of the box: where a formula is positive.
   */
  class EquationParameters
  {
  public:
    /** Residuals on some faces of the box, or on surfaces. */
    struct Condition
    {
      std::string              name, text;
      DomainParameters::Places places;
      double                   weight   = 1.;
      unsigned int             n_points = 1;
    };

    /** A known solution: the value of one unknown at a point. */
    using Solution =
      std::function<double(const std::vector<double> &x, unsigned int unknown)>;

    /** Its derivatives along all inputs. */
    using SolutionGradient =
      std::function<std::vector<double>(const std::vector<double> &x,
                                        unsigned int               unknown)>;

    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for everything that does not fit together. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /**
     * With the entry 'first-order system', replace equations and conditions by
     * FirstOrderFormulas. The fluxes are unknowns behind the others, and their
     * definitions the block "flux". To be called when the names of unknown
     * coefficients are there.
     */
    void reduce_order();

    /**
     * Points in the domain, or on the faces of a condition, of this process.
     * Of those in the box and on its faces, those in the domain are kept.
     * Collective.
     *
     * @throws InputError if there are none.
     */
    InputPoints interior_points(const std::uint64_t seed,
                                const PointDraw    &draw,
                                const MPI_Comm      communicator) const;
    InputPoints condition_points(const Condition    &condition,
                                 const std::uint64_t seed,
                                 const PointDraw    &draw,
                                 const MPI_Comm      communicator) const;

    /** Of the block that has most, as many as the entries ask for. */
    std::uint64_t largest_number_of_points(const PointDraw &draw) const;

    /** Points with equal weights that no training uses. */
    InputPoints
    test_points(const std::uint64_t seed, const MPI_Comm communicator) const;

    /** The blocks of the loss. */
    std::vector<std::unique_ptr<ResidualBlock>>
    make_blocks(const std::uint64_t seed,
                const PointDraw    &draw,
                const MPI_Comm      communicator) const;

    /**
     * The known solution; empty if there is none. The first call may take
     * seconds.
     */
    Solution make_solution() const;

    /** Its gradient; empty if that is not known. */
    SolutionGradient make_solution_gradient() const;

    /** The unknowns of the parameter file, all but the fluxes, by number. */
    std::vector<unsigned int> given_unknowns() const;

    /** The fluxes, if their values are known. */
    std::vector<unsigned int> known_fluxes() const;

    std::string              name;
    FormulaNames             names;
    DomainParameters         domain;
    std::vector<std::string> equations;
    std::vector<Condition>   conditions;

    /** What the network is fitted to: 0, 1, ...; empty without. */
    std::vector<unsigned int> fitted_orders;

  private:
    // The number of each unknown among the known functions.
    std::vector<unsigned int> reference_numbers() const;

    void parse_interior();
    void parse_conditions();
    void parse_densities();
    void parse_exact_solution();
    void make_reference();

    // The known solution from the formulas.
    void make_exact_reference();

    // A formula for the text "random modes: ...", otherwise the text.
    std::string expand_random_modes(const std::string &text) const;

    // The output that the derivatives of an order are multiplied by, or
    // FunctionMismatch::no_multiplier.
    unsigned int multiplier_of(const unsigned int order) const;

    // One number for each of n things, or one for all of them.
    std::vector<double> parse_numbers(const std::string &entry,
                                      const std::string &text,
                                      const unsigned int n) const;

    // Names and formulas.
    std::vector<std::pair<std::string, std::vector<std::string>>>
      interior_blocks;

    // Formulas of the exact solution.
    std::vector<std::string> solution_texts;

    std::string  constants, exact_solution;
    std::string  unknowns      = "u", interior, condition_list;
    std::string  sobolev_order = "none", sobolev_derivatives = "sums";
    std::string  sobolev_multipliers;
    double       interior_weight   = 1.;
    std::string  condition_weights = "1", condition_sizes = "100";
    unsigned int n_interior_points = 1000, n_test_points = 10000;
    unsigned int n_fluxes       = 0;
    bool         is_first_order = false;
    std::string  density_list;

    ReferenceParameters reference;

    std::vector<std::function<double(const double)>> densities;
  };
} // namespace sobolev

#endif
