// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_reaction_diffusion_parameters_h
#define sobolev_application_reaction_diffusion_parameters_h

#include <sobolev/network/formula.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/sampling/box.h>

#include <deal.II/base/parameter_handler.h>

#include <functional>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The equations that a ReactionDiffusion solves as a reference, as text in a
   * section of a parameter file. The inputs are one or two coordinates, then
   * the time.
   */
  class ReactionDiffusionParameters
  {
  public:
    /** Faces by their text, as EquationParameters reads them. */
    using FaceParser =
      std::function<std::vector<BoxFace>(const std::string &entry,
                                         const std::string &text)>;

    /** The value of one unknown at a point. */
    using Solution =
      std::function<double(const std::vector<double> &x, unsigned int unknown)>;

    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for everything that does not fit together. */
    void parse_parameters(const FormulaNames &names,
                          const Box          &box,
                          const FaceParser   &parse_faces);

    /**
     * Solve, which may take seconds.
     *
     * @throws ComputationError if there is no solution.
     */
    Solution make_solution() const;

  private:
    // A formula for one unknown on one face.
    struct FaceFormula
    {
      unsigned int face, unknown;
      Formula      formula;
    };

    template <int dim>
    Solution solve() const;

    // One per unknown, or none.
    std::vector<Formula>
    parse_formulas(const std::string              &entry,
                   const std::string              &text,
                   const std::vector<std::string> &variables) const;

    // Of 'face: unknown: formula; ...'.
    std::vector<FaceFormula>
    parse_conditions(const std::string              &entry,
                     const std::string              &text,
                     const std::vector<std::string> &variables,
                     const FaceParser               &parse_faces) const;

    std::string  storage_text, diffusion_text = "1", reaction_text;
    std::string  initial_text = "0", flux_text, value_text;
    unsigned int n_cells = 20, degree = 4, n_steps = 100;
    double       grading = 1.;

    FormulaNames             names;
    Box                      box;
    std::vector<Formula>     storage, diffusion, reaction, initial;
    std::vector<FaceFormula> fluxes, values;
  };
} // namespace sobolev

#endif
