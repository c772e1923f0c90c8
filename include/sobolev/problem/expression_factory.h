// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_expression_factory_h
#define sobolev_problem_expression_factory_h

#include <sobolev/problem/expression.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Makes the expressions of one problem: all have the same constants and
   * length scale. Local to the process.
   */
  template <int dim>
  class ExpressionFactory
  {
  public:
    using FunctionPointer = std::shared_ptr<const dealii::Function<dim>>;

    ExpressionFactory(const typename Expression<dim>::Constants &constants,
                      const double                               length_scale)
      : constants(constants)
      , length_scale(length_scale)
    {
    }

    /** See Expression; @p entry is what errors call it. */
    FunctionPointer
    make(const std::string &entry, const std::string &text) const
    {
      return std::make_shared<Expression<dim>>(
        entry, text, constants, length_scale);
    }

    /** An empty pointer if @p text is blank. */
    FunctionPointer
    make_optional(const std::string &entry, const std::string &text) const;

    /** The expressions of a list with semicolons; none if it is blank. */
    std::vector<FunctionPointer>
    make_list(const std::string &entry, const std::string &text) const;

  private:
    const typename Expression<dim>::Constants constants;
    const double                              length_scale;
  };
} // namespace sobolev

#endif
