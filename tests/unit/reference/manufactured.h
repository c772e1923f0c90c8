// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef tests_unit_reference_manufactured_h
#define tests_unit_reference_manufactured_h

#include <sobolev/problem/balance_law.h>
#include <sobolev/problem/problem.h>

#include <deal.II/base/function.h>

#include <cmath>
#include <functional>
#include <memory>

// A plane wave as exact solution of a law with all kinds of terms.
namespace manufactured
{
  using sobolev::Location;
  using sobolev::SpatialVector;
  using sobolev::State;

  /** A scalar function from a lambda. */
  template <int dim>
  class Scalar : public dealii::Function<dim>
  {
  public:
    using Lambda = std::function<double(const dealii::Point<dim> &)>;

    explicit Scalar(const Lambda &lambda)
      : lambda(lambda)
    {
    }

    double
    value(const dealii::Point<dim> &x, const unsigned int = 0) const override
    {
      return lambda(x);
    }

    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim> &, const unsigned int = 0) const override
    {
      return dealii::Tensor<1, dim>();
    }

  private:
    const Lambda lambda;
  };



  template <int dim>
  std::shared_ptr<const dealii::Function<dim>>
  make_function(const typename Scalar<dim>::Lambda &lambda)
  {
    return std::make_shared<Scalar<dim>>(lambda);
  }



  /** $u = \sin(k \cdot x + 0.3)$. */
  template <int dim>
  class Wave : public dealii::Function<dim>
  {
  public:
    explicit Wave(const double frequency = 1.)
    {
      for (unsigned int d = 0; d < dim; ++d)
        k[d] = frequency * (2. - 0.7 * d);
    }

    double
    value(const dealii::Point<dim> &x, const unsigned int = 0) const override
    {
      return std::sin(k * x + 0.3);
    }

    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim> &x, const unsigned int = 0) const override
    {
      return std::cos(k * x + 0.3) * k;
    }

    double
    laplacian(const dealii::Point<dim> &x,
              const unsigned int        c = 0) const override
    {
      return -k.norm_square() * value(x, c);
    }

  private:
    dealii::Tensor<1, dim> k;
  };



  /** F = -(1 + alpha u^2) grad u,  S = f - u - beta du/dx. */
  template <int dim>
  class TestLaw : public sobolev::BalanceLaw<TestLaw<dim>, dim, 1>
  {
  public:
    TestLaw(const double                                        alpha,
            const double                                        beta,
            const std::shared_ptr<const dealii::Function<dim>> &f)
      : sobolev::BalanceLaw<TestLaw<dim>, dim, 1>({f})
      , alpha(alpha)
      , beta(beta)
    {
    }

    template <typename Number>
    SpatialVector<dim, Number>
    flux(const Location<dim, Number> &, const State<dim, 1, Number> &u) const
    {
      return Number(-1. - alpha * u.value() * u.value()) * u.gradient();
    }

    template <typename Number>
    Number
    source(const Location<dim, Number> &at,
           const State<dim, 1, Number> &u) const
    {
      return at.coefficient(0) - u.value() - beta * u.gradient()[0];
    }

    std::string
    name() const override
    {
      return "test law";
    }

    bool
    is_symmetric() const override
    {
      return alpha == 0. && beta == 0.;
    }

    bool
    is_linear() const override
    {
      return alpha == 0.;
    }

  private:
    const double alpha;
    const double beta;
  };



  /** The law whose solution is the given wave. */
  template <int dim>
  std::shared_ptr<const sobolev::Law<dim>>
  make_law(const double alpha, const double beta, const Wave<dim> &wave)
  {
    return std::make_shared<TestLaw<dim>>(
      alpha, beta, make_function<dim>([=](const dealii::Point<dim> &x) {
        const double u      = wave.value(x);
        const auto   grad_u = wave.gradient(x);
        return -(1. + alpha * u * u) * wave.laplacian(x) -
               2. * alpha * u * grad_u.norm_square() + u + beta * grad_u[0];
      }));
  }



  /** The normal flux of the wave, for the outward @p normal. */
  template <int dim>
  typename Scalar<dim>::Lambda
  normal_flux(
    const double     alpha,
    const Wave<dim> &wave,
    const std::function<dealii::Tensor<1, dim>(const dealii::Point<dim> &)>
      &normal)
  {
    return [=](const dealii::Point<dim> &x) {
      const double u = wave.value(x);
      return -(1. + alpha * u * u) * (wave.gradient(x) * normal(x));
    };
  }



  template <int dim>
  sobolev::BoundaryCondition<dim>
  dirichlet(const std::shared_ptr<const dealii::Function<dim>> &g,
            const unsigned int                                  component = 0)
  {
    return {
      sobolev::BoundaryCondition<dim>::Kind::dirichlet, component, g, nullptr};
  }



  template <int dim>
  sobolev::BoundaryCondition<dim>
  neumann(const std::shared_ptr<const dealii::Function<dim>> &g)
  {
    return {sobolev::BoundaryCondition<dim>::Kind::neumann, 0, g, nullptr};
  }



  /** The Robin condition with transfer coefficient h and this normal flux. */
  template <int dim>
  sobolev::BoundaryCondition<dim>
  robin(const double                        h,
        const Wave<dim>                    &wave,
        const typename Scalar<dim>::Lambda &flux)
  {
    return {sobolev::BoundaryCondition<dim>::Kind::robin,
            0,
            make_function<dim>([=](const dealii::Point<dim> &x) {
              return wave.value(x) - flux(x) / h;
            }),
            make_function<dim>([=](const dealii::Point<dim> &) {
              return h;
            })};
  }



  /** The wave with Dirichlet conditions on the boundaries 0, ..., n-1. */
  template <int dim>
  sobolev::Problem<dim>
  make_dirichlet_problem(const MPI_Comm                    communicator,
                         const dealii::Triangulation<dim> &triangulation,
                         const dealii::Mapping<dim>       &mapping,
                         const double                      alpha        = 0.,
                         const double                      beta         = 0.,
                         const unsigned int                n_boundaries = 1,
                         const Wave<dim>                  &wave = Wave<dim>())
  {
    const auto exact = std::make_shared<Wave<dim>>(wave);

    sobolev::BoundaryConditions<dim> conditions;
    for (unsigned int id = 0; id < n_boundaries; ++id)
      conditions[id] = {dirichlet<dim>(exact)};
    return {"wave",
            communicator,
            triangulation,
            mapping,
            make_law<dim>(alpha, beta, wave),
            conditions,
            exact};
  }
} // namespace manufactured

#endif
