// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Products of tall and thin matrices. Included once per instruction set, by
// layer_kernels.cc.

#if defined(SOBOLEV_MATRIX_PRODUCTS_INL_H) == defined(HWY_TARGET_TOGGLE)
#  ifdef SOBOLEV_MATRIX_PRODUCTS_INL_H
#    undef SOBOLEV_MATRIX_PRODUCTS_INL_H
#  else
#    define SOBOLEV_MATRIX_PRODUCTS_INL_H
#  endif

#  include <hwy/highway.h>

#  include <algorithm>

#  include "network/vector_tag-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    // A block of C, n_vectors vectors high and n_columns wide, in registers.
    // 3 x 4 sums with three loads and four broadcasts for twelve multiply-adds
    // fill the 16 registers of AVX2.
    template <int n_vectors, int n_columns, bool add, typename Number>
    HWY_INLINE void
    multiply_block(const std::size_t          n_in,
                   const Number *HWY_RESTRICT a,
                   const std::size_t          leading,
                   const Number *HWY_RESTRICT w,
                   Number *HWY_RESTRICT       c)
    {
      const Tag<Number>     tag;
      constexpr std::size_t lanes = n_lanes<Number>;

      Vector<Number> sums[n_columns][n_vectors];
      for (int j = 0; j < n_columns; ++j)
        for (int v = 0; v < n_vectors; ++v)
          sums[j][v] =
            add ? hn::Load(tag, c + j * leading + v * lanes) : hn::Zero(tag);

      for (std::size_t k = 0; k < n_in; ++k, a += leading, ++w)
        {
          Vector<Number> rows[n_vectors];
          for (int v = 0; v < n_vectors; ++v)
            rows[v] = hn::Load(tag, a + v * lanes);
          for (int j = 0; j < n_columns; ++j)
            {
              const auto weight = hn::Set(tag, w[j * n_in]);
              for (int v = 0; v < n_vectors; ++v)
                sums[j][v] = hn::MulAdd(rows[v], weight, sums[j][v]);
            }
        }

      for (int j = 0; j < n_columns; ++j)
        for (int v = 0; v < n_vectors; ++v)
          hn::Store(sums[j][v], tag, c + j * leading + v * lanes);
    }



    // All columns of n_blocks blocks of rows; each block of weights is used for
    // all of them while it is in the cache.
    template <int n_vectors, bool add, typename Number>
    HWY_INLINE void
    multiply_columns(const std::size_t n_blocks,
                     const std::size_t n_in,
                     const std::size_t n_out,
                     const Number     *a,
                     const std::size_t leading,
                     const Number     *w,
                     Number           *c)
    {
      constexpr std::size_t height = n_vectors * n_lanes<Number>;
      for (std::size_t j = 0; j < n_out; j += 4, w += 4 * n_in)
        for (std::size_t b = 0; b < n_blocks; ++b)
          {
            const Number *const a_block = a + b * height;
            Number *const       c_block = c + j * leading + b * height;
            switch (n_out - j)
              {
                case 1:
                  multiply_block<n_vectors, 1, add>(
                    n_in, a_block, leading, w, c_block);
                  break;
                case 2:
                  multiply_block<n_vectors, 2, add>(
                    n_in, a_block, leading, w, c_block);
                  break;
                case 3:
                  multiply_block<n_vectors, 3, add>(
                    n_in, a_block, leading, w, c_block);
                  break;
                default:
                  multiply_block<n_vectors, 4, add>(
                    n_in, a_block, leading, w, c_block);
              }
          }
    }



    template <bool add, typename Number>
    HWY_INLINE void
    multiply_rows(const std::size_t n_rows,
                  const std::size_t n_in,
                  const std::size_t n_out,
                  const Number     *a,
                  const std::size_t leading,
                  const Number     *w,
                  Number           *c)
    {
      // As many rows at a time as fit into three quarters of a first-level
      // cache of 32 KiB.
      constexpr std::size_t cache  = 24576;
      constexpr std::size_t height = 3 * n_lanes<Number>;
      const std::size_t     most =
        std::max<std::size_t>(1, cache / (n_in * height * sizeof(Number)));

      std::size_t r = 0;
      while (r + height <= n_rows)
        {
          const std::size_t n_blocks = std::min(most, (n_rows - r) / height);
          multiply_columns<3, add>(
            n_blocks, n_in, n_out, a + r, leading, w, c + r);
          r += n_blocks * height;
        }
      if (n_rows - r >= 2 * n_lanes<Number>)
        {
          multiply_columns<2, add>(1, n_in, n_out, a + r, leading, w, c + r);
          r += 2 * n_lanes<Number>;
        }
      if (r < n_rows)
        multiply_columns<1, add>(1, n_in, n_out, a + r, leading, w, c + r);
    }



    template <typename Number>
    void
    multiply(const std::size_t n_rows,
             const std::size_t n_in,
             const std::size_t n_out,
             const Number     *a,
             const std::size_t leading,
             const Number     *w,
             Number           *c,
             const bool        add)
    {
      if (add)
        multiply_rows<true>(n_rows, n_in, n_out, a, leading, w, c);
      else
        multiply_rows<false>(n_rows, n_in, n_out, a, leading, w, c);
    }



    // n_z x n_a scalar products of columns.
    template <int n_z, int n_a, typename Number>
    HWY_INLINE void
    add_scalar_products(const std::size_t          n_rows,
                        const Number *HWY_RESTRICT a,
                        const Number *HWY_RESTRICT z,
                        const std::size_t          leading,
                        double *HWY_RESTRICT       g,
                        const std::size_t          leading_g)
    {
      const Tag<Number> tag;

      Vector<Number> sums[n_z][n_a];
      for (int j = 0; j < n_z; ++j)
        for (int k = 0; k < n_a; ++k)
          sums[j][k] = hn::Zero(tag);

      for (std::size_t r = 0; r < n_rows; r += n_lanes<Number>)
        {
          Vector<Number> right[n_a];
          for (int k = 0; k < n_a; ++k)
            right[k] = hn::Load(tag, a + k * leading + r);
          for (int j = 0; j < n_z; ++j)
            {
              const auto left = hn::Load(tag, z + j * leading + r);
              for (int k = 0; k < n_a; ++k)
                sums[j][k] = hn::MulAdd(left, right[k], sums[j][k]);
            }
        }

      for (int j = 0; j < n_z; ++j)
        for (int k = 0; k < n_a; ++k)
          g[j * leading_g + k] += hn::GetLane(hn::SumOfLanes(tag, sums[j][k]));
    }



    template <int n_z, typename Number>
    HWY_INLINE void
    add_columns(const std::size_t n_rows,
                const std::size_t n_in,
                const Number     *a,
                const Number     *z,
                const std::size_t leading,
                double           *g)
    {
      for (std::size_t k = 0; k < n_in; k += 4, a += 4 * leading)
        switch (n_in - k)
          {
            case 1:
              add_scalar_products<n_z, 1>(n_rows, a, z, leading, g + k, n_in);
              break;
            case 2:
              add_scalar_products<n_z, 2>(n_rows, a, z, leading, g + k, n_in);
              break;
            case 3:
              add_scalar_products<n_z, 3>(n_rows, a, z, leading, g + k, n_in);
              break;
            default:
              add_scalar_products<n_z, 4>(n_rows, a, z, leading, g + k, n_in);
          }
    }



    template <typename Number>
    void
    add_transpose_product(const std::size_t n_rows,
                          const std::size_t n_in,
                          const std::size_t n_out,
                          const Number     *a,
                          const Number     *z,
                          const std::size_t leading,
                          double           *g)
    {
      for (std::size_t j = 0; j < n_out; j += 3, z += 3 * leading)
        switch (n_out - j)
          {
            case 1:
              add_columns<1>(n_rows, n_in, a, z, leading, g + j * n_in);
              break;
            case 2:
              add_columns<2>(n_rows, n_in, a, z, leading, g + j * n_in);
              break;
            default:
              add_columns<3>(n_rows, n_in, a, z, leading, g + j * n_in);
          }
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#endif
