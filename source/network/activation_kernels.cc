// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

// clang-format off
// Highway includes this file once per instruction set; the order matters.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "network/activation_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "network/vector_math-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    namespace hn = hwy::HWY_NAMESPACE;

    using kernels::ActivationFunction;

    // The number x in all lanes.
    template <class D>
    HWY_INLINE hn::Vec<D>
               number(const D d, const double x)
    {
      return hn::Set(d, static_cast<hn::TFromD<D>>(x));
    }



    // Where the derivatives of the numbers z[p], ... go. Those above the order
    // are dropped, and the compiler drops all operations that lead to them.
    template <typename T, unsigned int order>
    struct Results
    {
      T          *f[order + 1];
      std::size_t p;

      template <unsigned int k, class D, class V>
      HWY_INLINE void
      set(const D d, const V derivative) const
      {
        if constexpr (k <= order)
          hn::StoreU(derivative, d, f[k] + p);
      }
    };



    // In t = tanh z and f' = 1 - t^2, which is computed from e = e^(-2|z|) as
    // 4 e/(1 + e)^2, for 1 - t^2 has no digits left for large |z|.
    struct Tanh
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       e, m;
        const V a = hn::Abs(z);
        exp_and_expm1_scaled(d, hn::Add(a, a), e, m);
        const V scale = hn::Set(d, C::scale);
        const V q     = hn::Div(number(d, 1.), hn::Add(scale, e));
        const V t     = hn::CopySign(hn::Mul(m, q), z);
        const V f1 =
          hn::Mul(hn::Mul(hn::Mul(number(d, 4.), e), q), hn::Mul(scale, q));
        const V t_f1 = hn::Mul(t, f1);

        results.template set<0>(d, t);
        results.template set<1>(d, f1);
        // -2 t f'
        results.template set<2>(d, hn::Mul(number(d, -2.), t_f1));
        // f' (6 t^2 - 2)
        const V t2 = hn::Mul(t, t);
        results.template set<3>(
          d, hn::Mul(f1, hn::MulAdd(number(d, 6.), t2, number(d, -2.))));
        // t f' (16 - 24 t^2)
        results.template set<4>(
          d, hn::Mul(t_f1, hn::NegMulAdd(number(d, 24.), t2, number(d, 16.))));
        // f' (16 - 120 t^2 f')
        results.template set<5>(
          d,
          hn::Mul(
            f1,
            hn::NegMulAdd(number(d, 120.), hn::Mul(t2, f1), number(d, 16.))));
      }
    };



    struct Sin
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        V sin, cos;
        sin_and_cos(d, z, sin, cos);
        results.template set<0>(d, sin);
        results.template set<1>(d, cos);
        results.template set<2>(d, hn::Neg(sin));
        results.template set<3>(d, hn::Neg(cos));
        results.template set<4>(d, sin);
        results.template set<5>(d, cos);
      }
    };



    // The factors of s' in s''' = s' a, s'''' = -t s' b, s''''' = s' c for the
    // sigmoid function s and t = tanh(z/2), t' = 2 s', s'' = -t s'. With
    // 4 s' = 1 - t^2 they could do without t, but less accurately for small t.
    template <class D, class V>
    HWY_INLINE void
    sigmoid_factors(const D d, const V s1, const V t, V &a, V &b, V &c)
    {
      const V t2 = hn::Mul(t, t);
      a          = hn::MulAdd(number(d, 1.5), t2, number(d, -0.5));
      b          = hn::MulAdd(number(d, 3.), t2, number(d, -2.));
      c = hn::NegMulAdd(number(d, 30.), hn::Mul(t2, s1), number(d, 1.));
    }



    // Results k, ..., k + 4 are the derivatives of orders 1 to 5 of the
    // sigmoid function.
    template <unsigned int k, class D, class V, class R>
    HWY_INLINE void
    set_sigmoid_derivatives(const D d, const V s1, const V t, const R &results)
    {
      V a, b, c;
      sigmoid_factors(d, s1, t, a, b, c);
      const V s2 = hn::Neg(hn::Mul(t, s1));
      results.template set<k>(d, s1);
      results.template set<k + 1>(d, s2);
      results.template set<k + 2>(d, hn::Mul(s1, a));
      results.template set<k + 3>(d, hn::Mul(s2, b));
      results.template set<k + 4>(d, hn::Mul(s1, c));
    }



    // With e = e^(-|z|) and q = 1/(1 + e): s = q for positive z, e q for
    // negative z, s' = e q^2.
    struct Sigmoid
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V e, m;
        exp_and_expm1_scaled(d, hn::Abs(z), e, m);
        const V scale = hn::Set(d, C::scale);
        const V r     = hn::Div(number(d, 1.), hn::Add(scale, e));
        const V q     = hn::Mul(scale, r);
        const V e_q   = hn::Mul(e, r);
        const V t     = hn::CopySign(hn::Mul(m, r), z);

        results.template set<0>(d,
                                hn::IfThenElse(hn::Ge(z, hn::Zero(d)), q, e_q));
        set_sigmoid_derivatives<1>(d, hn::Mul(e_q, q), t, results);
      }
    };



    // max(0, z) + ln(1 + e); the derivative is the sigmoid function. One
    // division, 1/((1 + e) (2 + e)), serves both.
    struct Softplus
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V e, m;
        exp_and_expm1_scaled(d, hn::Abs(z), e, m);
        const V unscale  = hn::Set(d, C::unscale);
        e                = hn::Mul(e, unscale);
        const V    one_e = hn::Add(number(d, 1.), e);
        const V    two_e = hn::Add(number(d, 2.), e);
        const V    r     = hn::Div(number(d, 1.), hn::Mul(one_e, two_e));
        const V    q     = hn::Mul(two_e, r);
        const V    e_q   = hn::Mul(e, q);
        const V    w     = hn::Mul(e, hn::Mul(one_e, r));
        const V    t     = hn::CopySign(hn::Mul(hn::Mul(m, unscale), q), z);
        const auto is_positive = hn::Ge(z, hn::Zero(d));

        results.template set<0>(d,
                                hn::Add(hn::IfThenElseZero(is_positive, z),
                                        log1p_of_quotient(d, e, w)));
        results.template set<1>(d, hn::IfThenElse(is_positive, q, e_q));
        set_sigmoid_derivatives<2>(d, hn::Mul(e_q, q), t, results);
      }
    };



    // f = z s, f^(k) = k s^(k-1) + z s^(k). Products with e^(-|z|) stay scaled
    // until the end: z e^(-|z|) is normal where e^(-|z|) no longer is.
    struct Silu
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       e, m;
        const V a = clamp_above(d, hn::Abs(z), -C::lowest);
        const V x = hn::CopySign(a, z);
        exp_and_expm1_scaled(d, a, e, m);
        const V scale = hn::Set(d, C::scale), unscale = hn::Set(d, C::unscale);
        const V one            = number(d, 1.);
        const V r              = hn::Div(one, hn::Add(scale, e));
        const V q              = hn::Mul(scale, r);
        const V e_q            = hn::Mul(e, q);
        const V t              = hn::CopySign(hn::Mul(m, r), z);
        const V z_t            = hn::Mul(x, t);
        const V large          = hn::Mul(e_q, q); // scale s'
        const V s1             = hn::Mul(unscale, large);
        const auto is_positive = hn::Ge(z, hn::Zero(d));

        results.template set<0>(
          d,
          hn::IfThenElse(
            is_positive, hn::Mul(z, q), hn::Mul(hn::Mul(x, e_q), unscale)));
        // s (1 + z (1 - s))
        const V s     = hn::IfThenElse(is_positive, scale, e);
        const V one_s = hn::IfThenElse(is_positive, hn::Mul(e, r), q);
        results.template set<1>(
          d,
          hn::Mul(hn::Mul(hn::Mul(s, q), hn::MulAdd(x, one_s, one)), unscale));
        // s' (2 - z t)
        results.template set<2>(
          d, hn::Mul(hn::Mul(large, hn::Sub(number(d, 2.), z_t)), unscale));
        // s' (z a - 3 t)
        V factor_a, factor_b, factor_c;
        sigmoid_factors(d, s1, t, factor_a, factor_b, factor_c);
        results.template set<3>(
          d,
          hn::Mul(
            hn::Mul(large, hn::MulSub(x, factor_a, hn::Mul(number(d, 3.), t))),
            unscale));
        // s' (4 a - z t b)
        results.template set<4>(
          d,
          hn::Mul(hn::Mul(large,
                          hn::NegMulAdd(
                            z_t, factor_b, hn::Mul(number(d, 4.), factor_a))),
                  unscale));
        // s' (z c - 5 t b)
        const V five_t = hn::Mul(number(d, 5.), t);
        results.template set<5>(
          d,
          hn::Mul(
            hn::Mul(large,
                    hn::NegMulAdd(five_t, factor_b, hn::Mul(x, factor_c))),
            unscale));
      }
    };



    // f = z Phi, f' = Phi + z phi, higher derivatives are Hermite polynomials
    // times phi. The tail Phi(-|z|) is phi(z) times a function of |z|, so that
    // nothing cancels for negative z. Scaled as in Silu.
    struct Gelu
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       density, tail;
        const V a = clamp_above(d, hn::Abs(z), C::largest_normal);
        const V x = hn::CopySign(a, z);
        normal_density_and_tail(d, a, density, tail);
        const V    unscale       = hn::Set(d, C::unscale);
        const V    over_sqrt_2pi = number(d, 0.39894228040143267794);
        const V    one           = number(d, 1.);
        const V    x2            = hn::Mul(x, x);
        const V    phi           = hn::Mul(density, over_sqrt_2pi); // scaled
        const V    x_phi         = hn::Mul(x, phi);
        const auto is_positive   = hn::Ge(z, hn::Zero(d));

        const V positive = hn::Mul(z, hn::NegMulAdd(tail, unscale, one));
        const V negative = hn::Mul(hn::Mul(x, tail), unscale);
        results.template set<0>(
          d, hn::IfThenElse(is_positive, positive, negative));

        // Phi + z phi = 1 - tail + |z| phi or tail - |z| phi
        const V difference = hn::Mul(hn::MulSub(a, phi, tail), unscale);
        results.template set<1>(d,
                                hn::IfThenElse(is_positive,
                                               hn::Add(one, difference),
                                               hn::Neg(difference)));
        // phi (2 - z^2)
        results.template set<2>(
          d, hn::Mul(hn::Mul(phi, hn::Sub(number(d, 2.), x2)), unscale));
        // z phi (z^2 - 4)
        results.template set<3>(
          d, hn::Mul(hn::Mul(x_phi, hn::Sub(x2, number(d, 4.))), unscale));
        // phi (z^2 (7 - z^2) - 4)
        results.template set<4>(
          d,
          hn::Mul(
            hn::Mul(phi,
                    hn::MulSub(x2, hn::Sub(number(d, 7.), x2), number(d, 4.))),
            unscale));
        // z phi (z^2 (z^2 - 11) + 18)
        results.template set<5>(
          d,
          hn::Mul(hn::Mul(x_phi,
                          hn::MulAdd(
                            x2, hn::Sub(x2, number(d, 11.)), number(d, 18.))),
                  unscale));
      }
    };



    // factor max(0, z)^power, the factor is 1 or 1/2. At zero derivatives are
    // those of the left side.
    template <unsigned int power, bool half>
    struct PowerOfRelu
    {
      // power!/(power-k)! factor max(0, z)^(power-k)
      template <unsigned int k, class D, class V>
      static HWY_INLINE V
      derivative(const D d, const V ramp, const V step, const V zero)
      {
        if constexpr (k > power)
          return zero;
        else
          {
            constexpr unsigned int remaining = power - k;
            double                 factor    = half ? 0.5 : 1.;
            for (unsigned int i = 0; i < k; ++i)
              factor *= power - i;
            V result = hn::Mul(number(d, factor), remaining ? ramp : step);
            for (unsigned int i = 1; i < remaining; ++i)
              result = hn::Mul(result, ramp);
            return result;
          }
      }



      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, const R &results)
      {
        // NaN is neither positive nor negative and has to stay.
        const V    zero        = hn::IfThenElseZero(hn::IsNaN(z), z);
        const auto is_positive = hn::Gt(z, hn::Zero(d));
        const V    ramp        = hn::IfThenElse(is_positive, z, zero);
        const V    step = hn::IfThenElse(is_positive, number(d, 1.), zero);

        results.template set<0>(d, derivative<0>(d, ramp, step, zero));
        results.template set<1>(d, derivative<1>(d, ramp, step, zero));
        results.template set<2>(d, derivative<2>(d, ramp, step, zero));
        results.template set<3>(d, derivative<3>(d, ramp, step, zero));
        results.template set<4>(d, derivative<4>(d, ramp, step, zero));
        results.template set<5>(d, derivative<5>(d, ramp, step, zero));
      }
    };



    template <class Function, unsigned int order, typename T>
    void
    evaluate_all(const T *z, const std::size_t n, T *const *f)
    {
      // Wide vectors only up to 64 bytes: n is a multiple of that.
      const hn::CappedTag<T, 64 / sizeof(T)> d;

      Results<T, order> results;
      for (unsigned int k = 0; k <= order; ++k)
        results.f[k] = f[k];
      for (results.p = 0; results.p < n; results.p += hn::Lanes(d))
        Function::evaluate(d, hn::LoadU(d, z + results.p), results);
    }



    template <class Function, typename T>
    void
    with_order(const T           *z,
               const std::size_t  n,
               const unsigned int order,
               T *const          *f)
    {
      switch (order)
        {
          case 0:
            return evaluate_all<Function, 0>(z, n, f);
          case 1:
            return evaluate_all<Function, 1>(z, n, f);
          case 2:
            return evaluate_all<Function, 2>(z, n, f);
          case 3:
            return evaluate_all<Function, 3>(z, n, f);
          case 4:
            return evaluate_all<Function, 4>(z, n, f);
          default:
            return evaluate_all<Function, 5>(z, n, f);
        }
    }



    template <typename T>
    void
    with_function(const ActivationFunction function,
                  const T                 *z,
                  const std::size_t        n,
                  const unsigned int       order,
                  T *const                *f)
    {
      switch (function)
        {
          case ActivationFunction::tanh:
            return with_order<Tanh>(z, n, order, f);
          case ActivationFunction::sin:
            return with_order<Sin>(z, n, order, f);
          case ActivationFunction::sigmoid:
            return with_order<Sigmoid>(z, n, order, f);
          case ActivationFunction::softplus:
            return with_order<Softplus>(z, n, order, f);
          case ActivationFunction::silu:
            return with_order<Silu>(z, n, order, f);
          case ActivationFunction::gelu:
            return with_order<Gelu>(z, n, order, f);
          case ActivationFunction::relu:
            return with_order<PowerOfRelu<1, false>>(z, n, order, f);
          case ActivationFunction::relu2:
            return with_order<PowerOfRelu<2, false>>(z, n, order, f);
          case ActivationFunction::relu3:
            return with_order<PowerOfRelu<3, false>>(z, n, order, f);
          case ActivationFunction::irelu:
            return with_order<PowerOfRelu<2, true>>(z, n, order, f);
        }
    }



    void
    derivatives_in_double(const ActivationFunction function,
                          const double            *z,
                          const std::size_t        n,
                          const unsigned int       order,
                          double *const           *f)
    {
      with_function(function, z, n, order, f);
    }



    void
    derivatives_in_float(const ActivationFunction function,
                         const float             *z,
                         const std::size_t        n,
                         const unsigned int       order,
                         float *const            *f)
    {
      with_function(function, z, n, order, f);
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sobolev
{
  HWY_EXPORT(derivatives_in_double);
  HWY_EXPORT(derivatives_in_float);
} // namespace sobolev

namespace sobolev::kernels
{
  template <>
  void
  activation_derivatives(const ActivationFunction function,
                         const double            *z,
                         const std::size_t        n,
                         const unsigned int       order,
                         double *const           *f)
  {
    HWY_DYNAMIC_DISPATCH(sobolev::derivatives_in_double)
    (function, z, n, order, f);
  }



  template <>
  void
  activation_derivatives(const ActivationFunction function,
                         const float             *z,
                         const std::size_t        n,
                         const unsigned int       order,
                         float *const            *f)
  {
    HWY_DYNAMIC_DISPATCH(sobolev::derivatives_in_float)
    (function, z, n, order, f);
  }
} // namespace sobolev::kernels
#endif
