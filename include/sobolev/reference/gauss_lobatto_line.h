// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_gauss_lobatto_line_h
#define sobolev_reference_gauss_lobatto_line_h

#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * Continuous finite elements on equal cells of an interval, with the points
   * of Gauss-Lobatto quadrature as nodes and as quadrature points: the mass
   * matrix is diagonal (dealii::FE_Q and dealii::QGaussLobatto in one
   * dimension). Boxes are products of such lines.
   *
   * Local to the process; thread-safe after construction.
   */
  class GaussLobattoLine
  {
  public:
    /** Numbers of nodes with a factor each. */
    using Combination = std::vector<std::pair<unsigned int, double>>;

    GaussLobattoLine(const double       lower,
                     const double       upper,
                     const unsigned int n_cells,
                     const unsigned int degree);

    unsigned int
    n_nodes() const
    {
      return nodes.size();
    }

    /** The coordinate of node @p i [x]. */
    double
    node(const unsigned int i) const
    {
      return nodes[i];
    }

    /** The diagonal of the mass matrix, $\int \varphi_i$ [x]. */
    double
    weight(const unsigned int i) const
    {
      return weights[i];
    }

    /** A row of the stiffness matrix, $\int \varphi_i' \varphi_j'$ [1/x]. */
    const Combination &
    stiffness(const unsigned int i) const
    {
      return stiffness_rows[i];
    }

    /** The values of the shape functions that are not zero at @p x. */
    Combination interpolate(const double x) const;

  private:
    const double        lower, cell_size;
    const unsigned int  n_cells, degree;
    std::vector<double> unit_nodes;

    std::vector<double>      nodes, weights;
    std::vector<Combination> stiffness_rows;
  };
} // namespace sobolev

#endif
