// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

/*
 * Scalar diffusion in 1D, 2D and 3D, with two laws to choose from:
 *
 *   diffusion-advection-reaction:
 *     -div(A grad u) + b.grad u + c1 u + c2 u^2 + c3 u^3 = f,
 *     coefficients are functions of the position;
 *   nonlinear diffusion:
 *     -div((a0 + a1 u + a2 u^2) grad u) = f.
 *
 * Fluxes may be outputs of the network, and coefficients may be unknown and
 * found from data.
 *
 * Run it with one of parameter_files/diffusion/, alone or with mpirun:
 *   mpirun -np 2 ./diffusion unit_square.prm --output results
 */

#include <sobolev/application/run_application.h>
#include <sobolev/application/surrogate_driver.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/problem/laws/nonlinear_diffusion.h>

#include <deal.II/base/patterns.h>

namespace sobolev
{
  template <int dim>
  class Diffusion : public SurrogateDriver<dim>
  {
  public:
    using SurrogateDriver<dim>::SurrogateDriver;

  private:
    void
    declare_law_parameters(dealii::ParameterHandler &prm) override
    {
      using namespace dealii::Patterns;

      prm.add_parameter(
        "law",
        law,
        "Which equation [-].",
        Selection("diffusion-advection-reaction|nonlinear diffusion"));
      prm.add_parameter("diffusion",
                        diffusion,
                        "A: one expression for a multiple of the identity, or "
                        "the upper triangle, row by row, separated by "
                        "semicolons [x^2/t].");
      prm.add_parameter("advection",
                        advection,
                        "b: one expression per direction, separated by "
                        "semicolons; empty for none [x/t].");
      prm.add_parameter(
        "linear reaction", reaction[0], "c1, empty for none [1/t].");
      prm.add_parameter(
        "quadratic reaction", reaction[1], "c2, empty for none [1/(t u)].");
      prm.add_parameter(
        "cubic reaction", reaction[2], "c3, empty for none [1/(t u^2)].");
      prm.add_parameter("diffusion polynomial",
                        polynomial,
                        "a0, a1, a2 of the nonlinear diffusion "
                        "[x^2/t, x^2/(t u), x^2/(t u^2)].",
                        List(Double(), 3, 3));
      prm.add_parameter("source", source, "f [u/t].");
    }

    std::shared_ptr<const Law<dim>>
    make_law(const ExpressionFactory<dim> &expressions) const override
    {
      const auto f = expressions.make("Law/source", source);
      if (law == "nonlinear diffusion")
        return std::make_shared<NonlinearDiffusion<dim>>(
          std::array<double, 3>{{polynomial[0], polynomial[1], polynomial[2]}},
          f);

      DiffusionAdvectionReactionOptions<dim> options;
      options.diffusion = expressions.make_list("Law/diffusion", diffusion);
      options.advection = expressions.make_list("Law/advection", advection);
      options.linear_reaction =
        expressions.make_optional("Law/linear reaction", reaction[0]);
      options.quadratic_reaction =
        expressions.make_optional("Law/quadratic reaction", reaction[1]);
      options.cubic_reaction =
        expressions.make_optional("Law/cubic reaction", reaction[2]);
      options.source = f;
      return std::make_shared<DiffusionAdvectionReaction<dim>>(options);
    }

    std::string                law = "diffusion-advection-reaction";
    std::string                diffusion, advection;
    std::array<std::string, 3> reaction;
    std::vector<double>        polynomial{1., 0., 0.};
    std::string                source = "0";
  };
} // namespace sobolev



int
main(int argc, char *argv[])
{
  return sobolev::run_application<sobolev::Diffusion>(argc, argv);
}
