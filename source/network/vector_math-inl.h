// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Vectorised elementary functions in double and float that Highway's
// contrib/math lacks, or has with a smaller range or as two functions where one
// argument reduction serves both. Polynomials are minimax (Remez). Included
// once per instruction set; the guard is Highway's.
#if defined(sobolev_source_network_vector_math_inl_h) ==                       \
  defined(HWY_TARGET_TOGGLE)
#  ifdef sobolev_source_network_vector_math_inl_h
#    undef sobolev_source_network_vector_math_inl_h
#  else
#    define sobolev_source_network_vector_math_inl_h
#  endif

#  include <hwy/highway.h>

#  include <cmath>
#  include <cstddef>
#  include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    namespace hn = hwy::HWY_NAMESPACE;

    // Everything that depends on the precision.
    template <typename T>
    struct MathConstants;

    template <>
    struct MathConstants<double>
    {
      // Adding and subtracting 1.5 * 2^52 rounds to an integer, which is then
      // also in the lowest bits.
      static constexpr double round_to_integer = 6755399441055744.;
      static constexpr int    mantissa_bits    = 52;

      // Results of exp_scaled() are multiplied by 2^256.
      static constexpr std::uint64_t exponent_bias = 1023 + 256;
      static constexpr double        scale         = 0x1p256;
      static constexpr double        unscale       = 0x1p-256;

      // e^lowest is zero, even times |lowest| or a few powers of it.
      static constexpr double lowest = -800.;

      // ln 2 in 33 bits and the rest, so that k * ln2_high is exact.
      static constexpr double ln2_high = 0.693147180485539138317108;
      static constexpr double ln2_low  = 7.44061711001239671613016e-11;

      // (e^r - 1 - r) / r^2 for |r| < ln(2)/2, error of e^r - 1 is 1.8e-17.
      static constexpr double exp[] = {0.50000000000000055627,
                                       0.16666666666666686152,
                                       0.041666666666573438993,
                                       0.0083333333333145357856,
                                       0.0013888888932443367236,
                                       0.00019841269903128450369,
                                       0.000024801504365599239916,
                                       2.7557227863741927142e-6,
                                       2.7626359351986083486e-7,
                                       2.5114505278948141483e-8};

      // (2 artanh(w)/w - 2) / w^2 as a function of w^2 < 1/9, error 1e-18.
      static constexpr double log1p[] = {0.66666666666666303833,
                                         0.40000000000157235683,
                                         0.2857142854785452248,
                                         0.22222223969700273225,
                                         0.18181743925783747617,
                                         0.15386559909050975953,
                                         0.13300973719246530156,
                                         0.12106085566285171415,
                                         0.083401030812612298182,
                                         0.17018574753148256591};

      // pi/2 in pieces: products of the first ones with k are exact.
      static constexpr double pi_half[] = {1.57079632673412561416626,
                                           6.07710050630396597659555e-11,
                                           2.022266248711166455796e-21,
                                           8.4784276603688996439587e-32};
      // The same for processors that need not round before subtracting.
      static constexpr double pi_half_fused[] = {1.57079632679489655799898,
                                                 6.12323399573676480327366e-17,
                                                 1.08285667392191396822375e-32};
      static constexpr double largest_angle   = 1e6;

      // (sin(r)/r - 1) / r^2 and (cos r - 1 + r^2/2) / r^4 as functions of
      // r^2 for |r| < pi/4, errors 4e-18 and 5e-20.
      static constexpr double sin[] = {-0.16666666666666632083,
                                       0.0083333333333224259804,
                                       -0.00019841269829815960964,
                                       2.7557313694190496645e-6,
                                       -2.5050758397915664699e-8,
                                       1.5896808581847400872e-10};
      static constexpr double cos[] = {0.041666666666666599498,
                                       -0.0013888888888874126061,
                                       0.000024801587289482536169,
                                       -2.7557314352218999114e-7,
                                       2.087572323660216977e-9,
                                       -1.1359645123223386154e-11};

      // Half of the mantissa: products of two such numbers are exact.
      static constexpr std::uint64_t upper_half = 0xFFFFFFFFF8000000;

      // (a + c) e^(a^2/2) erfc(a/sqrt 2)/2 - 1/2 as a polynomial in
      // (a - c)/(a + c) for 0 <= a <= largest_normal, relative error 2.1e-17.
      static constexpr double largest_normal = 40.;
      static constexpr double normal_centre  = 4.;
      static constexpr double normal[]       = {
        0.25528513041575147768,    -0.60789664197189206576,
        0.38713740074221970915,    -0.1865218579596636127,
        0.060396574890654189663,   -0.0075401889664931558619,
        -0.0034796923613697330582, 0.0016308184541465857664,
        0.00013334424622710738712, -0.00023109491093973873585,
        -1.9078316419545909062e-6, 0.000035144606292904744592,
        7.1493740484068933498e-7,  -5.9201286672871304829e-6,
        -6.2516354154725384518e-7, 1.0220962805742391131e-6,
        2.6410953279556952778e-7,  -1.568916787076943451e-7,
        -7.7236521575411859255e-8, 1.6279726842076655305e-8,
        1.4681620836078826753e-8,  -4.0245319888720791035e-10,
        -1.225677047415637593e-9};
    };

    template <>
    struct MathConstants<float>
    {
      static constexpr float round_to_integer = 12582912.f;
      static constexpr int   mantissa_bits    = 23;

      static constexpr std::uint32_t exponent_bias = 127 + 64;
      static constexpr float         scale         = 0x1p64f;
      static constexpr float         unscale       = 0x1p-64f;
      static constexpr float         lowest        = -128.f;
      static constexpr float         ln2_high      = 0.693145751953125f;
      static constexpr float         ln2_low       = 0.00000142860682030941723f;

      // Error 1.3e-8.
      static constexpr float exp[] = {0.500000006306f,
                                      0.166665428965f,
                                      0.0416662764409f,
                                      0.00836659895169f,
                                      0.00139468397892f};

      // Error 5e-9.
      static constexpr float log1p[] = {0.66666413198f,
                                        0.400216983489f,
                                        0.279991199981f,
                                        0.280246665145f};

      static constexpr float pi_half[]       = {1.5703125f,
                                                0.0004837512969970703125f,
                                                7.54953362047672271728516e-8f,
                                                2.56328291925456142053008e-12f,
                                                6.12323399573676588613033e-17f};
      static constexpr float pi_half_fused[] = {1.5707962512969970703125f,
                                                7.54978941586159635335207e-8f,
                                                5.39030285815811905289474e-15f};
      static constexpr float largest_angle   = 6000.f;

      // Errors 4e-9 and 1e-10.
      static constexpr float sin[] = {-0.166666549389f,
                                      0.00833217779272f,
                                      -0.000195172452143f};
      static constexpr float cos[] = {0.0416666468519f,
                                      -0.00138873666601f,
                                      2.44383431854e-5f};

      static constexpr std::uint32_t upper_half = 0xFFFFF000;

      // Error 1e-8.
      static constexpr float largest_normal = 16.f;
      static constexpr float normal_centre  = 4.f;
      static constexpr float normal[]       = {0.25528513486f,
                                               -0.607896564699f,
                                               0.38713695623f,
                                               -0.186524028076f,
                                               0.0604027588745f,
                                               -0.00752195225916f,
                                               -0.00350583836526f,
                                               0.00156633891343f,
                                               0.00016672509305f,
                                               -0.000138077068374f};
    };



    // c[begin] + c[begin+1] x + ..., count terms, by Estrin's scheme: halves
    // are independent of one another, which keeps both multipliers busy.
    template <int begin, int count, class D, class V, typename T>
    HWY_INLINE V
    estrin(const D  d,
           const T *c,
           const V  x,
           const V  x2,
           const V  x4,
           const V  x8,
           const V  x16)
    {
      if constexpr (count == 1)
        return hn::Set(d, c[begin]);
      else
        {
          constexpr int low   = count > 16  ? 16
                                : count > 8 ? 8
                                : count > 4 ? 4
                                : count > 2 ? 2
                                            : 1;
          const V       power = low == 16  ? x16
                                : low == 8 ? x8
                                : low == 4 ? x4
                                : low == 2 ? x2
                                           : x;
          return hn::MulAdd(
            power,
            estrin<begin + low, count - low>(d, c, x, x2, x4, x8, x16),
            estrin<begin, low>(d, c, x, x2, x4, x8, x16));
        }
    }



    // The polynomial with coefficients c[begin], ... at x.
    template <int begin = 0, class D, class V, typename T, std::size_t n>
    HWY_INLINE V
    polynomial(const D d, const T (&c)[n], const V x)
    {
      const V x2  = hn::Mul(x, x);
      const V x4  = hn::Mul(x2, x2);
      const V x8  = hn::Mul(x4, x4);
      const V x16 = hn::Mul(x8, x8);
      return estrin<begin, n - begin>(d, c, x, x2, x4, x8, x16);
    }



    // min(x, largest), where NaN stays NaN. Of two numbers that are not ordered
    // x86's minimum returns the second one; Highway promises nothing.
    template <class D, class V>
    HWY_INLINE V
    clamp_above(const D d, const V x, const hn::TFromD<D> largest)
    {
      const V bound = hn::Set(d, largest);
#  if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
      return hn::Min(bound, x);
#  else
      return hn::IfThenElse(hn::Gt(x, bound), bound, x);
#  endif
    }



    // e^-(x + low) = unscale * factor * (1 + p) for 0 <= x <= -lowest and
    // |low| < 1e-4; the rounding error of a computed x counts, hence the two
    // parts. factor is a power of two times scale, so that neither is
    // denormal. factor * (1 + p) is accurate to 1 ULP, factor * (1 + p) - scale
    // to 2 ULP.
    template <bool has_low, class D, class V>
    HWY_INLINE void
    exp_scaled(const D d, const V x, const V low, V &factor, V &p)
    {
      using T = hn::TFromD<D>;
      using C = MathConstants<T>;
      const hn::RebindToUnsigned<D> bits;

      const V shift = hn::Set(d, C::round_to_integer);
      const V n = hn::NegMulAdd(x, hn::Set(d, T(1.4426950408889634074)), shift);
      const V k = hn::Sub(n, shift);
      const V ln2_high = hn::Set(d, C::ln2_high);
      const V ln2_low  = hn::Set(d, C::ln2_low);
      V       r        = hn::NegMulSub(k, ln2_high, x);
      if constexpr (has_low)
        r = hn::Add(r, hn::NegMulSub(k, ln2_low, low));
      else
        r = hn::NegMulAdd(k, ln2_low, r);

      factor =
        hn::BitCast(d,
                    hn::ShiftLeft<C::mantissa_bits>(hn::Add(
                      hn::BitCast(bits, n), hn::Set(bits, C::exponent_bias))));
      p = hn::MulAdd(hn::Mul(r, r), polynomial(d, C::exp, r), r);
    }



    // For x >= 0, scaled as above: e = scale * e^-x, m = scale * (e^-x - 1).
    // Accurate to 1 and 2 ULP, also for infinity; NaN stays NaN.
    template <class D, class V>
    HWY_INLINE void
    exp_and_expm1_scaled(const D d, const V x, V &e, V &m)
    {
      using C = MathConstants<hn::TFromD<D>>;

      V factor, p;
      exp_scaled<false>(d, clamp_above(d, x, -C::lowest), x, factor, p);
      e = hn::MulAdd(factor, p, factor);
      m = hn::MulAdd(factor, p, hn::Sub(factor, hn::Set(d, C::scale)));
    }



    // ln(1 + e) for 0 <= e <= 1, given w = e/(2 + e); 2 ULP if w has 2 ULP.
    // ln(1 + e) = 2 artanh(w) = 2w + w R with 2w = e - w e.
    template <class D, class V>
    HWY_INLINE V
    log1p_of_quotient(const D d, const V e, const V w)
    {
      const V w2        = hn::Mul(w, w);
      const V e_minus_R = hn::NegMulAdd(
        w2, polynomial(d, MathConstants<hn::TFromD<D>>::log1p, w2), e);
      return hn::NegMulAdd(w, e_minus_R, e);
    }



    // x - k pi/2 for x >= 0 with a relative error of 1.5 ULP.
    template <class D, class V>
    HWY_INLINE V
    subtract_multiple_of_half_pi(const D d, const V x, const V k)
    {
      using C = MathConstants<hn::TFromD<D>>;
      V r     = x;
#  if HWY_NATIVE_FMA
      for (const auto part : C::pi_half_fused)
        r = hn::NegMulAdd(k, hn::Set(d, part), r);
#  else
      for (const auto part : C::pi_half)
        r = hn::NegMulAdd(k, hn::Set(d, part), r);
#  endif
      return r;
    }



    // The scalar functions, number by number: for huge numbers, whose
    // remainder modulo pi/2 takes hundreds of digits, and infinities.
    template <class D, class V>
    HWY_NOINLINE void
    sin_and_cos_of_huge(const D d, const V x, V &sin, V &cos)
    {
      using T = hn::TFromD<D>;
      HWY_ALIGN T s[hn::MaxLanes(d)], c[hn::MaxLanes(d)];
      hn::Store(x, d, c);
      for (std::size_t i = 0; i < hn::Lanes(d); ++i)
        {
          s[i] = std::sin(c[i]);
          c[i] = std::cos(c[i]);
        }
      sin = hn::Load(d, s);
      cos = hn::Load(d, c);
    }



    // Both to 3 ULP, next to their zeros too, in the whole range.
    template <class D, class V>
    HWY_INLINE void
    sin_and_cos(const D d, const V x, V &sin, V &cos)
    {
      using T = hn::TFromD<D>;
      using C = MathConstants<T>;
      const hn::RebindToUnsigned<D> bits;

      // The sign comes last, so that sin(-0) = -0.
      const V a = hn::Abs(x);
      if (HWY_UNLIKELY(
            !hn::AllTrue(d, hn::Le(a, hn::Set(d, C::largest_angle)))))
        {
          sin_and_cos_of_huge(d, x, sin, cos);
          return;
        }

      const V shift = hn::Set(d, C::round_to_integer);
      const V n  = hn::MulAdd(a, hn::Set(d, T(0.63661977236758134308)), shift);
      const V r  = subtract_multiple_of_half_pi(d, a, hn::Sub(n, shift));
      const V r2 = hn::Mul(r, r);

      const V s = hn::MulAdd(hn::Mul(r, r2), polynomial(d, C::sin, r2), r);
      const V c = hn::MulAdd(
        r2,
        hn::MulAdd(r2, polynomial(d, C::cos, r2), hn::Set(d, T(-0.5))),
        hn::Set(d, T(1)));

      // In quadrant k: k odd exchanges the two, bit 1 of k and of k + 1 is the
      // sign of sine and cosine.
      const auto k      = hn::BitCast(bits, n);
      const auto one    = hn::Set(bits, 1);
      const auto is_odd = hn::RebindMask(d, hn::TestBit(k, one));

      constexpr int to_sign_bit = sizeof(T) * 8 - 2;
      const V       sign_bit    = hn::SignBit(d);
      const V       sin_sign =
        hn::Xor(hn::BitCast(d, hn::ShiftLeft<to_sign_bit>(k)), x);
      const V cos_sign =
        hn::BitCast(d, hn::ShiftLeft<to_sign_bit>(hn::Add(k, one)));
      sin = hn::Xor(hn::IfThenElse(is_odd, c, s), hn::And(sin_sign, sign_bit));
      cos = hn::Xor(hn::IfThenElse(is_odd, s, c), hn::And(cos_sign, sign_bit));
    }



    // For 0 <= a <= largest_normal: density = scale * e^(-a^2/2) and
    // tail = scale * erfc(a/sqrt 2)/2. Accurate to 1 and 3 ULP.
    template <class D, class V>
    HWY_INLINE void
    normal_density_and_tail(const D d, const V a, V &density, V &tail)
    {
      using T = hn::TFromD<D>;
      using C = MathConstants<T>;
      const hn::RebindToUnsigned<D> bits;

      // A rounding error of a^2/2 would be one of hundreds of ULP in e^...
      const V half  = hn::Set(d, T(0.5));
      const V upper = hn::And(a, hn::BitCast(d, hn::Set(bits, C::upper_half)));
      V       factor, p;
      exp_scaled<true>(
        d,
        hn::Mul(hn::Mul(half, upper), upper),
        hn::Mul(hn::Mul(half, hn::Sub(a, upper)), hn::Add(a, upper)),
        factor,
        p);
      density = hn::MulAdd(factor, p, factor);

      // The polynomial's argument is (a - c)/(a + c) = 1 - 2c/(a + c) with
      // c = 4. An error of the quotient counts up to four times, so its
      // residual rho, q = (1 + rho)/(a + c), is accounted for.
      const V one = hn::Set(d, T(1)), centre = hn::Set(d, C::normal_centre);
      const V q = hn::Div(one, hn::Add(a, centre));
      // The larger product first: its difference to one is exact.
#  if HWY_NATIVE_FMA
      const V large = hn::Max(a, centre), small = hn::Min(a, centre);
      const V rho = hn::MulAdd(small, q, hn::MulSub(large, q, one));
#  else
      // Products of halves are exact, too.
      const V q_upper =
        hn::And(q, hn::BitCast(d, hn::Set(bits, C::upper_half)));
      const V q_lower = hn::Sub(q, q_upper);
      const V lower   = hn::Sub(a, upper);
      const V large = hn::Max(upper, centre), small = hn::Min(upper, centre);
      const V of_halves =
        hn::Add(hn::Sub(hn::Mul(large, q_upper), one), hn::Mul(small, q_upper));
      const V rho = hn::Add(
        hn::Add(of_halves, hn::Mul(lower, q_upper)),
        hn::MulAdd(hn::Add(upper, centre), q_lower, hn::Mul(lower, q_lower)));
#  endif
      const V two_q = hn::Mul(hn::Set(d, 2 * C::normal_centre), q);
      const V y     = hn::MulAdd(two_q, rho, hn::Sub(one, two_q));

      // The last steps by Horner's scheme, which has fewer rounding errors.
      const V g_minus_half = hn::MulAdd(
        hn::MulAdd(polynomial<2>(d, C::normal, y), y, hn::Set(d, C::normal[1])),
        y,
        hn::Set(d, C::normal[0]));

      // tail = factor (1 + p) g q (1 - rho)
      const V g_q = hn::MulAdd(g_minus_half, q, hn::Mul(half, q));
      tail        = hn::Mul(
        factor, hn::MulAdd(g_q, hn::NegMulAdd(rho, hn::Add(one, p), p), g_q));
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#endif
