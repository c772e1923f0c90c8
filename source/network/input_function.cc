// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/corner_function.h>
#include <sobolev/network/distance_function.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/network/input_function.h>
#include <sobolev/network/point_tile.h>

#include <map>

namespace sobolev
{
  namespace
  {
    using Pointer = std::shared_ptr<const InputFunction>;

    // Makes a function from its name, parameters and text.
    using Maker = Pointer (*)(const std::string &,
                              const std::vector<double> &,
                              const std::string &);



    void
    check_number(const std::string         &name,
                 const std::vector<double> &parameters,
                 const unsigned int         n)
    {
      AssertInput(parameters.size() == n,
                  "input function '" << name << "': expected " << n
                                     << " parameters, got " << parameters.size()
                                     << ".");
    }



    Pointer
    make_corner_function(const std::string         &name,
                         const std::vector<double> &parameters,
                         const std::string &)
    {
      using Part = CornerFunction::Part;
      check_number(name, parameters, 4);
      return std::make_shared<CornerFunction>(
        name == "corner sine" ? Part::sine : Part::cosine,
        parameters[0],
        parameters[1],
        parameters[2],
        parameters[3]);
    }



    Pointer
    make_distance_function(const std::string &,
                           const std::vector<double> &parameters,
                           const std::string &)
    {
      return std::make_shared<DistanceFunction>(parameters);
    }



    Pointer
    make_formula_function(const std::string         &name,
                          const std::vector<double> &parameters,
                          const std::string         &text)
    {
      check_number(name, parameters, 0);
      return std::make_shared<FormulaFunction>(text);
    }



    const std::map<std::string, Maker> makers = {
      {"corner cosine", make_corner_function},
      {"corner sine", make_corner_function},
      {"distance", make_distance_function},
      {"formula", make_formula_function}};
  } // namespace



  std::string
  InputFunction::text() const
  {
    return "";
  }



  void
  InputFunction::evaluate_points(PointTile &points, double *values) const
  {
    const unsigned int n          = points.n_points();
    const unsigned int n_channels = points.specification().n_channels();
    for (unsigned int p = 0; p < n; ++p)
      {
        const Jet value = evaluate(points.input_jets(p));
        for (unsigned int c = 0; c < n_channels; ++c)
          values[c * n + p] = value[c];
      }
  }



  std::shared_ptr<const InputFunction>
  make_input_function(const std::string         &name,
                      const std::vector<double> &parameters,
                      const std::string         &text)
  {
    std::string names;
    for (const auto &maker : makers)
      names += (names.empty() ? "" : ", ") + maker.first;
    const auto maker = makers.find(name);
    AssertInput(maker != makers.end(),
                "there is no input function '" << name << "'; known are "
                                               << names << ".");
    return maker->second(name, parameters, text);
  }
} // namespace sobolev
