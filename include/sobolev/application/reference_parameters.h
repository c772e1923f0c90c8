// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_reference_parameters_h
#define sobolev_application_reference_parameters_h

#include <sobolev/application/reaction_diffusion_parameters.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/sampling/box.h>

#include <deal.II/base/parameter_handler.h>

#include <string>

namespace sobolev
{
  /**
   * The section Reference of a parameter file with equations on a box: a
   * solution that is computed. What takes time is done when a value is asked
   * for, and once.
   */
  class ReferenceParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** The equation to solve, or "none". */
    const std::string &
    name() const
    {
      return equation;
    }

    /**
     * The solution of the equation for a problem with these names and inputs.
     * Local; copies of the function share what was computed.
     *
     * @param parse_faces Reads the faces of the box from a text.
     *
     * @throws InputError if the equation does not fit the problem.
     */
    FormulaNames::Reference
    make(const FormulaNames                            &names,
         const Box                                     &box,
         const ReactionDiffusionParameters::FaceParser &parse_faces) const;

  private:
    FormulaNames::Reference
    make_burgers(const FormulaNames &names, const Box &box) const;
    FormulaNames::Reference
    make_allen_cahn(const FormulaNames &names, const Box &box) const;
    FormulaNames::Reference
    make_diffusion(const FormulaNames &names, const Box &box) const;
    FormulaNames::Reference
    make_active_turbulence(const FormulaNames &names, const Box &box) const;

    // nu, after checks that both equations with it share.
    double
    check_scalar_equation(const FormulaNames &names, const Box &box) const;

    std::string equation = "none", diffusion = "1";
    std::string source = "0", boundary_values = "0";

    ReactionDiffusionParameters reaction_diffusion;

    std::string  coefficients  = "3.5, -1, 0.5, -0.045, 0.045^3";
    unsigned int n_grid_points = 256, n_initial_waves = 16, initial_seed = 1;
    double       time_step = 0.002;
  };
} // namespace sobolev

#endif
