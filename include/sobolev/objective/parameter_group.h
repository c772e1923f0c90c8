// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_parameter_group_h
#define sobolev_objective_parameter_group_h

#include <sobolev/network/parameter_layout.h>

#include <vector>

namespace sobolev
{
  /**
   * Consecutive parameters that belong together: a matrix, row by row, or a
   * vector, which is a matrix with one column. Some optimizers treat matrices
   * or the last layer in their own way.
   */
  struct ParameterGroup
  {
    enum class Kind
    {
      hidden_weights,
      hidden_biases,
      /** Of the last layer: the unknowns are affine in these and the next. */
      output_weights,
      output_biases,
      /** Unknown coefficients: a number, or a part of the network of a field. */
      coefficients,
      /** Slopes, factors and whatever else there is. */
      other
    };

    Kind kind = Kind::other;

    /** The position of the first one. */
    unsigned int first = 0;

    unsigned int n_rows = 0, n_columns = 1;

    unsigned int
    size() const
    {
      return n_rows * n_columns;
    }
  };



  /** The groups of a network's parameters, in their order and without gaps. */
  std::vector<ParameterGroup>
  make_parameter_groups(const ParameterLayout &layout);
} // namespace sobolev

#endif
