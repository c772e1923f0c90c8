// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_parametric_surface_h
#define sobolev_application_parametric_surface_h

#include <sobolev/network/formula.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/sampling/input_points.h>
#include <sobolev/sampling/sample_box.h>

#include <deal.II/base/mpi.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A surface in the space of a network's inputs, the image of a cube under a
   * map that is given as text: with parameters $s_k \in (0,1)$,
   * @f[
   *   s \mapsto (f_1(s), f_2(s), \dots) ,
   * @f]
   * one formula per input, for instance `cos(2*pi*s1), sin(2*pi*s1), s2` for a
   * circle at all times between zero and one. There are as many parameters as
   * the formulas use, at most one per input: points, curves and so on.
   */
  class ParametricSurface
  {
  public:
    /**
     * @param entry     Where the text is from, for errors.
     * @param text      Formulas with commas between them.
     * @param n_inputs  Number of inputs.
     *
     * @throws InputError if the text is not valid, or if the surface has no
     * area.
     */
    ParametricSurface(const std::string              &entry,
                      const std::string              &text,
                      const unsigned int              n_inputs,
                      const FormulaParser::Constants &constants);

    /** Its area; one for a point. */
    double
    area() const
    {
      return measure;
    }

    /**
     * The images of the points that sample_box() puts into the cube, with
     * weights for surface integrals. A surface without parameters is one point
     * with weight one. Local to the process.
     */
    InputPoints sample(const BoxRule &rule, const MPI_Comm communicator) const;

  private:
    const unsigned int   n_inputs;
    unsigned int         n_parameters = 0;
    std::vector<Formula> formulas;
    double               measure = 1.;
  };
} // namespace sobolev

#endif
