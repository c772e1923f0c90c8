// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/tall_factorization.h>

#include <algorithm>

namespace sobolev
{
  namespace
  {
    // An odd number of cache lines: no two columns compete for the same sets
    // of a cache.
    unsigned int
    padded(const unsigned int n)
    {
      const unsigned int lines = (n + 7) / 8;
      return 8 * (lines % 2 == 1 ? lines : lines + 1);
    }



    void
    pack(const unsigned int                   n,
         const dealii::AlignedVector<double> &r,
         std::vector<double>                 &packed)
    {
      packed.clear();
      packed.reserve(std::size_t(n) * (n + 1) / 2);
      for (unsigned int k = 0; k < n; ++k)
        {
          const double *column = r.data() + std::size_t(k) * n;
          packed.insert(packed.end(), column, column + k + 1);
        }
    }



    // All but the triangle stays.
    void
    unpack(const unsigned int         n,
           const std::vector<double> &packed,
           const unsigned int         leading,
           double                    *r)
    {
      const double *column = packed.data();
      for (unsigned int k = 0; k < n; ++k)
        {
          std::copy_n(column, k + 1, r + std::size_t(k) * leading);
          column += k + 1;
        }
    }
  } // namespace



  TallFactorization::TallFactorization(const LeastSquaresProblem &problem,
                                       const unsigned int         n_columns)
    : problem(problem)
    , n(n_columns)
    , update(n_columns)
    , r(std::size_t(n) * n)
    , n_rows_to_come(0)
    , capacity(0)
    , n_filled(0)
    , n_panels(0)
    , n_combinations(0)
    , has_rows(false)
    , keep(false)
  {
  }



  void
  TallFactorization::reinit(const std::size_t n_rows, const bool keep)
  {
    const std::size_t max_rows = std::min(std::max(n, 256u), 1024u),
                      n_equal  = (n_rows + max_rows - 1) / max_rows;

    this->keep     = keep;
    n_rows_to_come = n_rows;
    capacity       = n_equal == 0 ? 0 : (n_rows + n_equal - 1) / n_equal;
    has_rows       = n_rows > 0;
    std::fill(r.begin(), r.end(), 0.);
    n_filled       = 0;
    n_panels       = 0;
    n_combinations = 0;
  }



  void
  TallFactorization::add_rows(const unsigned int n_rows,
                              const double      *rows,
                              const std::size_t  leading,
                              const double      *last_column)
  {
    AssertIndexRange(n_rows, n_rows_to_come + 1);
    const unsigned int n_columns_in_rows = last_column == nullptr ? n : n - 1;
    for (unsigned int begin = 0; begin < n_rows;)
      {
        // 1. Fill the panel.
        if (n_filled == 0)
          {
            const auto size = std::min<std::size_t>(capacity, n_rows_to_come);
            prepare(size, panels, n_panels);
          }
        Panel             &panel = panels[n_panels - 1];
        const unsigned int size =
          std::min(panel.n_rows - n_filled, n_rows - begin);
        for (unsigned int k = 0; k < n_columns_in_rows; ++k)
          std::copy_n(rows + k * leading + begin,
                      size,
                      &panel.values[std::size_t(k) * panel.leading + n_filled]);
        if (last_column != nullptr)
          std::copy_n(
            last_column + begin,
            size,
            &panel.values[std::size_t(n - 1) * panel.leading + n_filled]);
        n_filled += size;
        begin += size;
        n_rows_to_come -= size;

        // 2. Fold it when it is full.
        if (n_filled == panel.n_rows)
          {
            update.compute(n,
                           n,
                           r.data(),
                           n,
                           panel.n_rows,
                           panel.values.data(),
                           panel.leading,
                           panel.t.data(),
                           TriangleUpdate::Shape::dense);
            n_filled = 0;
          }
      }
  }



  void
  TallFactorization::prepare(const unsigned int  n_rows,
                             std::vector<Panel> &panels,
                             unsigned int       &n_used) const
  {
    if (keep || n_used == 0)
      ++n_used;
    panels.resize(std::max<std::size_t>(panels.size(), n_used));
    Panel &panel  = panels[n_used - 1];
    panel.n_rows  = n_rows;
    panel.leading = padded(n_rows);
    panel.values.resize_fast(std::size_t(n) * panel.leading);
    panel.t.resize_fast(update.size_of_t(n));
  }



  void
  TallFactorization::finish()
  {
    AssertDimension(n_rows_to_come, 0);
    std::vector<double> values;
    pack(n, r, values);
    problem.reduce(has_rows, values, [&](const std::vector<double> &received) {
      prepare(n, combinations, n_combinations);
      Panel &below = combinations[n_combinations - 1];
      std::fill(below.values.begin(), below.values.end(), 0.);
      unpack(n, received, below.leading, below.values.data());
      update.compute(n,
                     n,
                     r.data(),
                     n,
                     n,
                     below.values.data(),
                     below.leading,
                     below.t.data(),
                     TriangleUpdate::Shape::triangular);
      pack(n, r, values);
    });
    if (problem.is_root())
      unpack(n, values, n, r.data());
  }



  void
  TallFactorization::multiply_by_transpose(const std::vector<double> &v,
                                           std::vector<double> &result) const
  {
    Assert(keep, dealii::ExcNotInitialized());
    std::vector<double> rows = v;
    result.assign(n, 0.);
    double *begin = rows.data();
    for (unsigned int p = 0; p < n_panels; ++p)
      {
        const Panel &panel = panels[p];
        update.multiply_by_transpose(n,
                                     result.data(),
                                     panel.n_rows,
                                     begin,
                                     panel.values.data(),
                                     panel.leading,
                                     panel.t.data(),
                                     TriangleUpdate::Shape::dense);
        begin += panel.n_rows;
      }

    auto below = combinations.begin();
    problem.reduce(has_rows, result, [&](std::vector<double> &received) {
      update.multiply_by_transpose(n,
                                   result.data(),
                                   n,
                                   received.data(),
                                   below->values.data(),
                                   below->leading,
                                   below->t.data(),
                                   TriangleUpdate::Shape::triangular);
      ++below;
    });
  }
} // namespace sobolev
