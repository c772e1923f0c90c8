// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The element-wise passes of a layer. Included once per instruction set.

#if defined(SOBOLEV_CHAIN_RULE_INL_H) == defined(HWY_TARGET_TOGGLE)
#  ifdef SOBOLEV_CHAIN_RULE_INL_H
#    undef SOBOLEV_CHAIN_RULE_INL_H
#  else
#    define SOBOLEV_CHAIN_RULE_INL_H
#  endif

#  include <sobolev/network/jet_specification.h>

#  include <hwy/highway.h>

#  include <algorithm>

#  include "network/vector_tag-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    template <typename Number>
    void
    add_scalar(const std::size_t n, const Number s, Number *x)
    {
      const Tag<Number> tag;
      const auto        shift = hn::Set(tag, s);
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        hn::Store(hn::Add(hn::Load(tag, x + p), shift), tag, x + p);
    }



    template <typename Number>
    double
    sum(const std::size_t n, const Number *x)
    {
      const Tag<Number> tag;
      auto              total = hn::Zero(tag);
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        total = hn::Add(total, hn::Load(tag, x + p));
      return hn::GetLane(hn::SumOfLanes(tag, total));
    }



    template <typename Number>
    void
    add(const std::size_t n, const Number *x, Number *y)
    {
      const Tag<Number> tag;
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        hn::Store(
          hn::Add(hn::Load(tag, y + p), hn::Load(tag, x + p)), tag, y + p);
    }



    // The chain rule at the points p, ... of one vector, for all channels but
    // the first: a_c = f' z_c and the terms of the composition. The derivatives
    // f' and f'' are given; f[k] are read for the terms of other orders.
    template <typename Number>
    HWY_INLINE void
    apply_chain_rule_at(const JetSpecification &jet,
                        const std::size_t       n,
                        const std::size_t       p,
                        const Vector<Number>    d1,
                        const Vector<Number>    d2,
                        const Number *const    *f,
                        const Number           *z,
                        Number                 *a)
    {
      const Tag<Number>  tag;
      const unsigned int dim = jet.laplacian_factors().size();
      if (dim > 0)
        {
          // Value, dim first derivatives and one sum of c_d times the second
          // ones, which most problems need.
          const double *const factors = jet.laplacian_factors().data();
          const Number *const last    = z + (1 + dim) * n + p;
          auto                sum     = hn::Zero(tag);
          for (unsigned int d = 0; d < dim; ++d)
            {
              const auto slope = hn::Load(tag, z + (1 + d) * n + p);
              hn::Store(hn::Mul(d1, slope), tag, a + (1 + d) * n + p);
              sum = hn::MulAdd(
                hn::Mul(hn::Set(tag, Number(factors[d])), slope), slope, sum);
            }
          hn::Store(hn::MulAdd(d1, hn::Load(tag, last), hn::Mul(d2, sum)),
                    tag,
                    a + (1 + dim) * n + p);
          return;
        }

      for (unsigned int c = 1; c < jet.n_channels(); ++c)
        hn::Store(
          hn::Mul(d1, hn::Load(tag, z + c * n + p)), tag, a + c * n + p);
      for (const auto &term : jet.composition())
        {
          const auto outer = term.n == 2 ? d2 : hn::Load(tag, f[term.n] + p);
          auto product     = hn::Mul(hn::Set(tag, Number(term.factor)), outer);
          for (unsigned int i = 0; i < term.n; ++i)
            product =
              hn::Mul(product, hn::Load(tag, z + term.factors[i] * n + p));
          Number *const result = a + term.channel * n + p;
          hn::Store(hn::Add(product, hn::Load(tag, result)), tag, result);
        }
    }



    template <int dim, typename Number>
    HWY_INLINE void
    apply_laplacian_rule_adjoint(const double        *factors,
                                 const std::size_t    n,
                                 const Number *const *f,
                                 const Number        *z,
                                 const Number        *a_bar,
                                 Number              *z_bar)
    {
      const Tag<Number> tag;
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        {
          const auto d1       = hn::Load(tag, f[1] + p);
          const auto d2       = hn::Load(tag, f[2] + p);
          const auto last_bar = hn::Load(tag, a_bar + (1 + dim) * n + p);
          const auto last     = hn::Load(tag, z + (1 + dim) * n + p);
          const auto twice    = hn::Mul(hn::Add(d2, d2), last_bar);

          auto sum    = hn::Zero(tag);
          auto second = hn::Mul(last, last_bar);
          for (int d = 0; d < dim; ++d)
            {
              const auto bar   = hn::Load(tag, a_bar + (1 + d) * n + p);
              const auto slope = hn::Load(tag, z + (1 + d) * n + p);
              const auto scaled =
                hn::Mul(hn::Set(tag, Number(factors[d])), slope);
              sum    = hn::MulAdd(scaled, slope, sum);
              second = hn::MulAdd(slope, bar, second);
              hn::Store(hn::MulAdd(d1, bar, hn::Mul(twice, scaled)),
                        tag,
                        z_bar + (1 + d) * n + p);
            }
          const auto third = hn::Mul(hn::Load(tag, f[3] + p), sum);
          hn::Store(hn::Mul(d1, last_bar), tag, z_bar + (1 + dim) * n + p);
          hn::Store(
            hn::MulAdd(d1,
                       hn::Load(tag, a_bar + p),
                       hn::MulAdd(d2, second, hn::Mul(third, last_bar))),
            tag,
            z_bar + p);
        }
    }



    // Any jet, term by term.
    template <typename Number>
    HWY_INLINE void
    apply_general_rule_adjoint(const JetSpecification &jet,
                               const std::size_t       n,
                               const Number *const    *f,
                               const Number           *z,
                               const Number           *a_bar,
                               Number                 *z_bar)
    {
      const Tag<Number> tag;

      // a_c = f' z_c for c > 0, a_0 = f
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        hn::Store(hn::Mul(hn::Load(tag, f[1] + p), hn::Load(tag, a_bar + p)),
                  tag,
                  z_bar + p);
      for (unsigned int c = 1; c < jet.n_channels(); ++c)
        for (std::size_t p = 0; p < n; p += n_lanes<Number>)
          {
            const auto bar = hn::Load(tag, a_bar + c * n + p);
            hn::Store(
              hn::Mul(hn::Load(tag, f[1] + p), bar), tag, z_bar + c * n + p);
            hn::Store(hn::MulAdd(hn::Mul(hn::Load(tag, f[2] + p),
                                         hn::Load(tag, z + c * n + p)),
                                 bar,
                                 hn::Load(tag, z_bar + p)),
                      tag,
                      z_bar + p);
          }

      // Products: one of the factors, or f^(n), is varied at a time.
      for (const auto &term : jet.composition())
        {
          const auto          factor = hn::Set(tag, Number(term.factor));
          const Number *const bar    = a_bar + term.channel * n;
          for (std::size_t p = 0; p < n; p += n_lanes<Number>)
            {
              const auto weight = hn::Mul(factor, hn::Load(tag, bar + p));
              const auto outer  = hn::Mul(weight, hn::Load(tag, f[term.n] + p));
              auto all = hn::Mul(weight, hn::Load(tag, f[term.n + 1] + p));
              for (unsigned int i = 0; i < term.n; ++i)
                {
                  all =
                    hn::Mul(all, hn::Load(tag, z + term.factors[i] * n + p));
                  auto others = outer;
                  for (unsigned int k = 0; k < term.n; ++k)
                    if (k != i)
                      others = hn::Mul(
                        others, hn::Load(tag, z + term.factors[k] * n + p));
                  Number *const result = z_bar + term.factors[i] * n + p;
                  hn::Store(
                    hn::Add(others, hn::Load(tag, result)), tag, result);
                }
              hn::Store(hn::Add(all, hn::Load(tag, z_bar + p)), tag, z_bar + p);
            }
        }
    }



    template <typename Number>
    void
    apply_chain_rule(const JetSpecification &jet,
                     const std::size_t       n,
                     const Number *const    *f,
                     const Number           *z,
                     Number                 *a)
    {
      if (jet.n_channels() == 1)
        return;

      const Tag<Number> tag;
      const bool        is_first_order = jet.order() < 2;
      for (std::size_t p = 0; p < n; p += n_lanes<Number>)
        {
          const auto d1 = hn::Load(tag, f[1] + p);
          const auto d2 = is_first_order ? d1 : hn::Load(tag, f[2] + p);
          apply_chain_rule_at(jet, n, p, d1, d2, f, z, a);
        }
    }



    template <typename Number>
    void
    apply_chain_rule_adjoint(const JetSpecification &jet,
                             const std::size_t       n,
                             const Number *const    *f,
                             const Number           *z,
                             const Number           *a_bar,
                             Number                 *z_bar)
    {
      const auto &factors = jet.laplacian_factors();
      switch (factors.size())
        {
          case 1:
            apply_laplacian_rule_adjoint<1>(
              factors.data(), n, f, z, a_bar, z_bar);
            break;
          case 2:
            apply_laplacian_rule_adjoint<2>(
              factors.data(), n, f, z, a_bar, z_bar);
            break;
          case 3:
            apply_laplacian_rule_adjoint<3>(
              factors.data(), n, f, z, a_bar, z_bar);
            break;
          case 4:
            apply_laplacian_rule_adjoint<4>(
              factors.data(), n, f, z, a_bar, z_bar);
            break;
          case 5:
            apply_laplacian_rule_adjoint<5>(
              factors.data(), n, f, z, a_bar, z_bar);
            break;
          default:
            apply_general_rule_adjoint(jet, n, f, z, a_bar, z_bar);
        }
    }



    HWY_INLINE void
    store_as_double(const Vector<double> &x, double *to)
    {
      hn::Store(x, Tag<double>(), to);
    }



    HWY_INLINE void
    store_as_double(const Vector<float> &x, double *to)
    {
      HWY_ALIGN float values[n_lanes<float>];
      hn::Store(x, Tag<float>(), values);
      for (std::size_t i = 0; i < n_lanes<float>; ++i)
        to[i] = values[i];
    }



    // n_vectors vectors of points at a time, whose adjoints stay in registers;
    // n_channels is known to the compiler if it is not zero.
    template <int n_known, int n_vectors, typename Number>
    HWY_INLINE void
    sum_channels(const unsigned int n_channels,
                 const std::size_t  n,
                 const std::size_t  n_in,
                 const Number      *z_bar,
                 const Number      *a,
                 const std::size_t  leading,
                 double            *rows,
                 const std::size_t  leading_rows)
    {
      const Tag<Number>     tag;
      constexpr std::size_t lanes = n_lanes<Number>;
      constexpr int         known = std::max(n_known, 1);

      Vector<Number> bars[known][n_vectors];
      for (int c = 0; c < n_known; ++c)
        for (int v = 0; v < n_vectors; ++v)
          bars[c][v] = hn::Load(tag, z_bar + c * n + v * lanes);

      for (std::size_t k = 0; k < n_in; ++k, a += leading, rows += leading_rows)
        for (int v = 0; v < n_vectors; ++v)
          {
            auto sum = hn::Zero(tag);
            if (n_known > 0)
              for (int c = 0; c < known; ++c)
                sum = hn::MulAdd(
                  bars[c][v], hn::Load(tag, a + c * n + v * lanes), sum);
            else
              for (unsigned int c = 0; c < n_channels; ++c)
                sum = hn::MulAdd(hn::Load(tag, z_bar + c * n + v * lanes),
                                 hn::Load(tag, a + c * n + v * lanes),
                                 sum);
            store_as_double(sum, rows + v * lanes);
          }
    }



    template <int n_known, typename Number>
    HWY_INLINE void
    sum_all_channels(const unsigned int n_channels,
                     const std::size_t  n,
                     const std::size_t  n_in,
                     const Number      *z_bar,
                     const Number      *a,
                     const std::size_t  leading,
                     double            *rows,
                     const std::size_t  leading_rows)
    {
      // A line of the cache at a time, if the registers suffice.
      constexpr std::size_t lanes = n_lanes<Number>;
      constexpr int         in_line =
        std::max<std::size_t>(1, 64 / sizeof(Number) / lanes);
      constexpr int n_vectors = n_known * in_line <= 12 ? in_line : 2;

      for (std::size_t p = 0; p < n; p += n_vectors * lanes)
        sum_channels<n_known, n_vectors>(n_channels,
                                         n,
                                         n_in,
                                         z_bar + p,
                                         a + p,
                                         leading,
                                         rows + p,
                                         leading_rows);
    }



    template <typename Number>
    void
    sum_channel_products(const unsigned int n_channels,
                         const std::size_t  n,
                         const std::size_t  n_in,
                         const Number      *z_bar,
                         const Number      *a,
                         const std::size_t  leading,
                         double            *rows,
                         const std::size_t  leading_rows)
    {
      const auto call = [&](const auto run) {
        run(n_channels, n, n_in, z_bar, a, leading, rows, leading_rows);
      };
      switch (n_channels)
        {
          case 1:
            call(sum_all_channels<1, Number>);
            break;
          case 2:
            call(sum_all_channels<2, Number>);
            break;
          case 3:
            call(sum_all_channels<3, Number>);
            break;
          case 4:
            call(sum_all_channels<4, Number>);
            break;
          case 5:
            call(sum_all_channels<5, Number>);
            break;
          case 6:
            call(sum_all_channels<6, Number>);
            break;
          default:
            call(sum_all_channels<0, Number>);
        }
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#endif
