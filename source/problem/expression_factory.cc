// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/expression_factory.h>

#include <deal.II/base/utilities.h>

namespace sobolev
{
  template <int dim>
  typename ExpressionFactory<dim>::FunctionPointer
  ExpressionFactory<dim>::make_optional(const std::string &entry,
                                        const std::string &text) const
  {
    return dealii::Utilities::trim(text).empty() ? nullptr : make(entry, text);
  }



  template <int dim>
  std::vector<typename ExpressionFactory<dim>::FunctionPointer>
  ExpressionFactory<dim>::make_list(const std::string &entry,
                                    const std::string &text) const
  {
    std::vector<FunctionPointer> functions;
    if (!dealii::Utilities::trim(text).empty())
      for (const auto &item : dealii::Utilities::split_string_list(text, ';'))
        functions.push_back(make(entry, item));
    return functions;
  }



  template class ExpressionFactory<1>;
  template class ExpressionFactory<2>;
  template class ExpressionFactory<3>;
} // namespace sobolev
