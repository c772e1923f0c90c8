// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_balance_law_h
#define sobolev_problem_balance_law_h

#include <sobolev/problem/law.h>
#include <sobolev/problem/location.h>

#include <deal.II/base/exceptions.h>

#include <Sacado.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace sobolev
{
  namespace internal
  {
    /** Whether @p Derived has a function template `energy(at, u)`. */
    template <typename Derived, int dim, int n_unknowns, typename = void>
    struct OffersEnergy : std::false_type
    {
    };

    template <typename Derived, int dim, int n_unknowns>
    struct OffersEnergy<
      Derived,
      dim,
      n_unknowns,
      std::void_t<decltype(std::declval<const Derived &>().energy(
        std::declval<const Location<dim, double> &>(),
        std::declval<const State<dim, n_unknowns, double> &>()))>>
      : std::true_type
    {
    };
  } // namespace internal



  /**
   * Base class of user-written laws: derives everything the library needs
   * from two function templates by automatic differentiation with Sacado.
   *
   * A law with one component looks like this (for more components, `flux()`
   * and `source()` return a `std::array` with one entry per component):
   * @code
   * template <int dim>
   * struct MyLaw : BalanceLaw<MyLaw<dim>, dim, 1>
   * {
   *   template <typename Number>
   *   SpatialVector<dim, Number>
   *   flux(const Location<dim, Number> &, const State<dim, 1, Number> &u) const
   *   { return -(1. + u.value() * u.value()) * u.gradient(); }
   *
   *   template <typename Number>
   *   Number
   *   source(const Location<dim, Number> &at, const State<dim, 1, Number> &)
   * const { return at.coefficient(0); }
   *
   *   std::string name() const override { return "my law"; }
   * };
   * @endcode
   *
   * **Strong residual.** $\nabla\cdot F$ is the total derivative of the flux
   * along the axes, $\sum_i dF_i / de_i$, where a step along $e_i$ changes $x$
   * by $e_i$, $u$ by $\partial_i u$ and $\nabla u$ by row $i$ of the Hessian.
   * These directions are the seeds of an outer forward-mode number; an inner
   * one carries the derivatives with respect to the jet channels.
   *
   * **Energy.** A law that is the Euler-Lagrange equation of an energy may
   * offer its density as a third function template,
   * @code
   *   template <typename Number>
   *   Number
   *   energy(const Location<dim, Number> &at, const State<dim, 1, Number> &u)
   *     const;
   * @endcode
   * with $F_c = -\partial e / \partial \nabla u_c$ and $S_c = -\partial e /
   * \partial u_c$, see RitzEnergy.
   *
   * **Laplacian only.** If $\partial F_i / \partial(\partial_j u) = -a
   * \delta_{ij}$ with a scalar $a(x,u)$, the Hessian $H$ enters as $a\,
   * \mathrm{tr} H$ only. A law that is so says so by overriding
   * second_derivatives(); its jets then have one second-order channel, and the
   * seeds use $H = \frac{\Delta u}{\mathrm{dim}} I$, which has the same trace.
   *
   * @tparam Derived       The user's class.
   * @tparam n_unknowns    The number of components.
   * @tparam n_rows        The number of equations; fewer than unknowns only if
   *                       the last unknowns are coefficients.
   */
  template <typename Derived, int dim, int n_unknowns, int n_rows = n_unknowns>
  class BalanceLaw : public Law<dim>
  {
  public:
    unsigned int
    n_components() const override
    {
      return n_unknowns;
    }

    unsigned int
    n_equations() const override
    {
      return n_rows;
    }

    SecondDerivatives
    second_derivatives() const override
    {
      return SecondDerivatives::hessian;
    }

    bool
    is_symmetric() const override
    {
      return false;
    }

    bool
    is_linear() const override
    {
      return false;
    }

    const Coefficients<dim> &
    coefficients() const override
    {
      return coefficient_functions;
    }

    void strong_residuals(
      const JetBatch<dim>             &batch,
      const dealii::ArrayView<double> &residuals,
      const dealii::ArrayView<double> &linearisation) const override;

    void
    evaluate(const dealii::Point<dim>                              &point,
             const CoefficientTable<dim>                           &table,
             const std::size_t                                      index,
             const dealii::ArrayView<const double>                 &values,
             const dealii::ArrayView<const dealii::Tensor<1, dim>> &gradients,
             WeakForm<dim> &weak_form) const override;

    /** Whether the derived class has the function template `energy()`. */
    bool
    has_energy() const override
    {
      return internal::OffersEnergy<Derived, dim, n_unknowns>::value;
    }

    void energy_densities(
      const JetBatch<dim>             &batch,
      const dealii::ArrayView<double> &densities,
      const dealii::ArrayView<double> &derivatives) const override;

  protected:
    BalanceLaw() = default;

    /**
     * With @p coefficients that the law refers to by their position, at most
     * Location::max_coefficients.
     */
    explicit BalanceLaw(Coefficients<dim> coefficients)
      : coefficient_functions(std::move(coefficients))
    {
      constexpr unsigned int most = Location<dim, double>::max_coefficients;
      AssertThrow(coefficient_functions.size() <= most,
                  dealii::ExcMessage("A law has too many coefficients."));
    }

  private:
    const Derived &
    derived() const
    {
      return static_cast<const Derived &>(*this);
    }

    // What a one-component law returns is wrapped into an array.
    template <typename T>
    static std::array<T, 1>
    as_array(const T &single)
    {
      return {{single}};
    }

    template <typename T, std::size_t n>
    static const std::array<T, n> &
    as_array(const std::array<T, n> &several)
    {
      return several;
    }

    template <SecondDerivatives second>
    void
    strong_residuals_with(const JetBatch<dim>             &batch,
                          const dealii::ArrayView<double> &residuals,
                          const dealii::ArrayView<double> &linearisation) const;

    // Derivatives with respect to values and gradients, 1 + dim numbers per
    // component.
    static constexpr int n_seeds = n_unknowns * (1 + dim);
    using FirstOrder             = Sacado::Fad::SFad<double, n_seeds>;

    // Set the arguments of a law at a point; jet(c, k) is the value and the
    // gradient of component c.
    template <typename Jet>
    void
    set_first_order(const dealii::Point<dim>           &point,
                    const CoefficientTable<dim>        &table,
                    const std::size_t                   index,
                    const Jet                          &jet,
                    Location<dim, FirstOrder>          &at,
                    State<dim, n_unknowns, FirstOrder> &state) const
    {
      for (unsigned int i = 0; i < dim; ++i)
        at.x[i] = FirstOrder(point[i]);
      for (unsigned int k = 0; k < coefficient_functions.size(); ++k)
        at.coefficients[k] = FirstOrder(table.value(k, index));
      for (unsigned int c = 0; c < n_unknowns; ++c)
        {
          const unsigned int first = c * (1 + dim);
          state.values[c]          = FirstOrder(n_seeds, first, jet(c, 0));
          for (unsigned int j = 0; j < dim; ++j)
            state.gradients[c][j] =
              FirstOrder(n_seeds, first + 1 + j, jet(c, 1 + j));
        }
    }

    Coefficients<dim> coefficient_functions;
  };



  namespace internal
  {
    /** Number of the entry $(i,j)$ in the packed upper triangle. */
    template <int dim>
    constexpr unsigned int
    packed_index(const unsigned int i, const unsigned int j)
    {
      const unsigned int row    = i < j ? i : j;
      const unsigned int column = i < j ? j : i;
      return row * dim - row * (row + 1) / 2 + column;
    }
  } // namespace internal



  template <typename Derived, int dim, int n_unknowns, int n_rows>
  void
  BalanceLaw<Derived, dim, n_unknowns, n_rows>::strong_residuals(
    const JetBatch<dim>             &batch,
    const dealii::ArrayView<double> &residuals,
    const dealii::ArrayView<double> &linearisation) const
  {
    if (derived().second_derivatives() == SecondDerivatives::laplacian)
      strong_residuals_with<SecondDerivatives::laplacian>(
        batch, residuals, linearisation);
    else
      strong_residuals_with<SecondDerivatives::hessian>(
        batch, residuals, linearisation);
  }



  template <typename Derived, int dim, int n_unknowns, int n_rows>
  template <SecondDerivatives second>
  void
  BalanceLaw<Derived, dim, n_unknowns, n_rows>::strong_residuals_with(
    const JetBatch<dim>             &batch,
    const dealii::ArrayView<double> &residuals,
    const dealii::ArrayView<double> &linearisation) const
  {
    // Inner type: derivatives with respect to the jet channels.
    // Outer type: derivatives along the axes.
    constexpr bool laplacian_only = second == SecondDerivatives::laplacian;
    constexpr int  n_second       = laplacian_only ? 1 : dim * (dim + 1) / 2;
    constexpr int  n_channels     = 1 + dim + n_second;
    using Channel = Sacado::Fad::SFad<double, n_unknowns * n_channels>;
    using Number  = Sacado::Fad::SFad<Channel, dim>;

    const std::size_t              stride = batch.stride;
    Location<dim, Number>          at;
    State<dim, n_unknowns, Number> state;

    for (std::size_t p = 0; p < batch.points.size(); ++p)
      {
        // 1. Where: x moves by e_i, coefficients by their gradient.
        for (unsigned int i = 0; i < dim; ++i)
          {
            at.x[i]                 = Number(dim, Channel(batch.points[p][i]));
            at.x[i].fastAccessDx(i) = Channel(1.);
          }
        for (unsigned int k = 0; k < coefficient_functions.size(); ++k)
          {
            Number coefficient(dim,
                               Channel(batch.table.value(k, batch.first + p)));
            for (unsigned int i = 0; i < dim; ++i)
              coefficient.fastAccessDx(i) =
                Channel(batch.table.gradient(k, batch.first + p)[i]);
            at.coefficients[k] = coefficient;
          }

        // 2. State: u moves by d_i u, grad u by row i of the Hessian.
        for (unsigned int c = 0; c < n_unknowns; ++c)
          {
            const auto channel = [&](const unsigned int k) {
              return Channel(n_unknowns * n_channels,
                             c * n_channels + k,
                             batch.jets[(c * n_channels + k) * stride + p]);
            };

            state.values[c] = Number(dim, channel(0));
            for (unsigned int i = 0; i < dim; ++i)
              state.values[c].fastAccessDx(i) = channel(1 + i);

            for (unsigned int j = 0; j < dim; ++j)
              {
                Number derivative(dim, channel(1 + j));
                if constexpr (laplacian_only)
                  derivative.fastAccessDx(j) = channel(1 + dim) / double(dim);
                else
                  for (unsigned int i = 0; i < dim; ++i)
                    derivative.fastAccessDx(i) =
                      channel(1 + dim + internal::packed_index<dim>(i, j));
                state.gradients[c][j] = derivative;
              }
          }

        // 3. Evaluate and contract: r = sum_i dF_i / de_i - S.
        const auto flux   = as_array(derived().flux(at, state));
        const auto source = as_array(derived().source(at, state));
        for (unsigned int c = 0; c < n_rows; ++c)
          {
            Channel residual = -source[c].val();
            for (unsigned int i = 0; i < dim; ++i)
              residual += flux[c][i].dx(i);

            residuals[c * stride + p] = residual.val();
            if (linearisation.size() > 0)
              for (unsigned int k = 0; k < n_unknowns * n_channels; ++k)
                linearisation[(c * n_unknowns * n_channels + k) * stride + p] =
                  residual.dx(k);
          }
      }
  }



  template <typename Derived, int dim, int n_unknowns, int n_rows>
  void
  BalanceLaw<Derived, dim, n_unknowns, n_rows>::evaluate(
    const dealii::Point<dim>                              &point,
    const CoefficientTable<dim>                           &table,
    const std::size_t                                      index,
    const dealii::ArrayView<const double>                 &values,
    const dealii::ArrayView<const dealii::Tensor<1, dim>> &gradients,
    WeakForm<dim>                                         &weak_form) const
  {
    constexpr int                      block = 1 + dim;
    Location<dim, FirstOrder>          at;
    State<dim, n_unknowns, FirstOrder> state;
    set_first_order(
      point,
      table,
      index,
      [&](const unsigned int c, const unsigned int k) {
        return k == 0 ? values[c] : gradients[c][k - 1];
      },
      at,
      state);

    const auto flux   = as_array(derived().flux(at, state));
    const auto source = as_array(derived().source(at, state));
    for (unsigned int c = 0; c < n_rows; ++c)
      {
        weak_form.source[c] = source[c].val();
        for (unsigned int i = 0; i < dim; ++i)
          weak_form.flux[c][i] = flux[c][i].val();

        for (unsigned int d = 0; d < n_unknowns; ++d)
          {
            const unsigned int cd      = c * n_unknowns + d;
            weak_form.source_value[cd] = source[c].dx(d * block);
            for (unsigned int i = 0; i < dim; ++i)
              {
                weak_form.source_gradient[cd][i] =
                  source[c].dx(d * block + 1 + i);
                weak_form.flux_value[cd][i] = flux[c][i].dx(d * block);
                for (unsigned int j = 0; j < dim; ++j)
                  weak_form.flux_gradient[cd][i][j] =
                    flux[c][i].dx(d * block + 1 + j);
              }
          }
      }
  }



  template <typename Derived, int dim, int n_unknowns, int n_rows>
  void
  BalanceLaw<Derived, dim, n_unknowns, n_rows>::energy_densities(
    const JetBatch<dim>             &batch,
    const dealii::ArrayView<double> &densities,
    const dealii::ArrayView<double> &derivatives) const
  {
    if constexpr (internal::OffersEnergy<Derived, dim, n_unknowns>::value)
      {
        const std::size_t                  stride = batch.stride;
        Location<dim, FirstOrder>          at;
        State<dim, n_unknowns, FirstOrder> state;
        for (std::size_t p = 0; p < batch.points.size(); ++p)
          {
            set_first_order(
              batch.points[p],
              batch.table,
              batch.first + p,
              [&](const unsigned int c, const unsigned int k) {
                return batch.jets[(c * (1 + dim) + k) * stride + p];
              },
              at,
              state);

            const FirstOrder energy = derived().energy(at, state);
            densities[p]            = energy.val();
            if (derivatives.size() > 0)
              for (unsigned int k = 0; k < n_seeds; ++k)
                derivatives[k * stride + p] = energy.dx(k);
          }
      }
    else
      Law<dim>::energy_densities(batch, densities, derivatives);
  }
} // namespace sobolev

#endif
