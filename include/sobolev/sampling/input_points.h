// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_input_points_h
#define sobolev_sampling_input_points_h

#include <sobolev/sampling/collocation_points.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/exceptions.h>
#include <deal.II/base/point.h>

#include <cstddef>
#include <vector>

namespace sobolev
{
  /**
   * A table of the points of this process in the space of a network's inputs:
   * coordinates, then time and parameters, in any number.
   *
   * | member        | meaning                                | size          |
   * | ------------- | -------------------------------------- | ------------- |
   * | `(i, p)`      | input $i$ of point $p$ [x]             | n_inputs() x size() |
   * | `weights`     | quadrature weights $w_p \ge 0$ [measure] | size()      |
   *
   * Over all processes, $\sum_p w_p g(x_p) \approx \int g$.
   *
   * The points may be in mini-batches, one after the other: `batch_sizes` has
   * the points of each on this process; their number is the same on all
   * processes. Empty: there is one batch.
   */
  class InputPoints
  {
  public:
    /** @p n_points points, everything zero. */
    explicit InputPoints(const unsigned int n_inputs = 0,
                         const std::size_t  n_points = 0)
      : weights(n_points, 0.)
      , n_rows(n_inputs)
      , n_columns(n_points)
      , values(n_inputs * n_points, 0.)
    {
    }

    /** The points of a mesh; the inputs are the coordinates. */
    template <int dim>
    explicit InputPoints(const CollocationPoints<dim> &points)
      : InputPoints(dim, points.size())
    {
      AssertDimension(points.weights.size(), points.size());
      weights = points.weights;
      for (unsigned int d = 0; d < dim; ++d)
        for (std::size_t p = 0; p < n_columns; ++p)
          (*this)(d, p) = points.points[p][d];
    }

    unsigned int
    n_inputs() const
    {
      return n_rows;
    }

    /** The number of points. */
    std::size_t
    size() const
    {
      return n_columns;
    }

    double &
    operator()(const unsigned int input, const std::size_t point)
    {
      AssertIndexRange(input, n_rows);
      AssertIndexRange(point, n_columns);
      return values[input * n_columns + point];
    }

    double
    operator()(const unsigned int input, const std::size_t point) const
    {
      AssertIndexRange(input, n_rows);
      AssertIndexRange(point, n_columns);
      return values[input * n_columns + point];
    }

    /** One input of all points. */
    dealii::ArrayView<const double>
    input(const unsigned int i) const
    {
      AssertIndexRange(i, n_rows);
      return {values.data() + i * n_columns, n_columns};
    }

    /** All inputs of one point. */
    std::vector<double>
    point(const std::size_t p) const
    {
      std::vector<double> result;
      for (unsigned int i = 0; i < n_rows; ++i)
        result.push_back((*this)(i, p));
      return result;
    }

    /** The first inputs of one point, which are its coordinates. */
    template <int dim>
    dealii::Point<dim>
    position(const std::size_t p) const
    {
      dealii::Point<dim> x;
      for (unsigned int d = 0; d < dim; ++d)
        x[d] = (*this)(d, p);
      return x;
    }

    /**
     * Add all of @p other, which has as many inputs and as many batches: batch
     * by batch behind these points.
     */
    void append(const InputPoints &other);

    /** The points with these numbers, in this order, as one batch. */
    InputPoints selection(const std::vector<std::size_t> &numbers) const;

    std::vector<double>      weights;
    std::vector<std::size_t> batch_sizes;

  private:
    unsigned int        n_rows;
    std::size_t         n_columns;
    std::vector<double> values;
  };
} // namespace sobolev

#endif
