// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/domain_parameters.h>
#include <sobolev/application/formula_entry.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;
  } // namespace



  void
  DomainParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Domain");
    prm.add_parameter("inputs",
                      inputs,
                      "Names of the inputs of the network: coordinates, time, "
                      "parameters, separated by commas [-].");
    prm.add_parameter("lower",
                      lower,
                      "Lower bounds of the inputs, numbers or formulas, "
                      "separated by commas [x].");
    prm.add_parameter("upper", upper, "Upper bounds of the inputs [x].");
    prm.add_parameter("inside",
                      inside_formula,
                      "Formula of the inputs that is positive in the domain, "
                      "if this is only a part of the box: of the points, the "
                      "others are left out [-].");
    prm.add_parameter("surfaces",
                      surface_list,
                      "Names of surfaces, for conditions, each with one "
                      "formula per input, in parameters s1, s2, ... between 0 "
                      "and 1, for instance 'rim: cos(2*pi*s1), sin(2*pi*s1), "
                      "s2; ...' [x].");
    prm.leave_subsection();
  }



  std::vector<std::string>
  DomainParameters::input_names() const
  {
    return split_string_list(inputs, ',');
  }



  void
  DomainParameters::parse_parameters(const FormulaParser::Constants &known)
  {
    names                   = input_names();
    constants               = known;
    const auto parse_bounds = [&](const std::string &entry,
                                  const std::string &text) {
      const auto items = split_string_list(text, ',');
      AssertInput(items.size() == names.size(),
                  "Domain/" << entry << ": '" << text << "' are "
                            << items.size() << " numbers; there must be one "
                            << "for each of the " << names.size()
                            << " inputs.");
      std::vector<double> bounds;
      for (const std::string &item : items)
        bounds.push_back(parse_number("Domain/" + entry, item, constants));
      return bounds;
    };
    box.lower = parse_bounds("lower", lower);
    box.upper = parse_bounds("upper", upper);
    for (unsigned int i = 0; i < box.n_inputs(); ++i)
      AssertInput(box.lower[i] < box.upper[i],
                  "Domain/upper: the bound "
                    << box.upper[i] << " of '" << names[i]
                    << "' must be larger than "
                    << "the lower bound " << box.lower[i] << ".");
    level_set.reset();
    if (!trim(inside_formula).empty())
      level_set = std::make_unique<const Formula>(
        parse_formula("Domain/inside", inside_formula, names, constants));
    parse_surfaces();
  }



  void
  DomainParameters::parse_surfaces()
  {
    surface_names.clear();
    surfaces.clear();
    for (const std::string &item : split_formulas(surface_list))
      {
        const auto colon = item.find(':');
        AssertInput(colon != std::string::npos,
                    "Domain/surfaces: '"
                      << item << "' is not of the form 'name: formulas'.");
        const std::string surface = trim(item.substr(0, colon));
        AssertInput(!surface.empty() && surface != "boundary" &&
                      surface.find_first_of("=,") == std::string::npos,
                    "Domain/surfaces: '" << surface
                                         << "' cannot be the name of a "
                                            "surface.");
        AssertInput(
          std::find(surface_names.begin(), surface_names.end(), surface) ==
            surface_names.end(),
          "Domain/surfaces: the name '" << surface << "' is there twice.");
        surface_names.push_back(surface);
        surfaces.emplace_back("Domain/surfaces",
                              trim(item.substr(colon + 1)),
                              names.size(),
                              constants);
      }
  }



  DomainParameters::Places
  DomainParameters::parse_places(const std::string &entry,
                                 const std::string &text) const
  {
    Places places;
    if (text == "boundary")
      {
        places.faces = parse_faces(entry, text);
        return places;
      }
    for (const std::string &item : split_string_list(text, ','))
      {
        const auto surface =
          std::find(surface_names.begin(), surface_names.end(), item);
        if (surface != surface_names.end())
          places.surfaces.push_back(surface - surface_names.begin());
        else
          places.faces.push_back(parse_face(entry, item));
      }
    return places;
  }



  std::vector<BoxFace>
  DomainParameters::parse_faces(const std::string &entry,
                                const std::string &text) const
  {
    std::vector<BoxFace> faces;
    if (text == "boundary")
      {
        for (const unsigned int i : coordinates())
          for (const bool is_upper : {false, true})
            faces.push_back({i, is_upper});
        return faces;
      }
    for (const std::string &item : split_string_list(text, ','))
      faces.push_back(parse_face(entry, item));
    return faces;
  }



  BoxFace
  DomainParameters::parse_face(const std::string &name_of_entry,
                               const std::string &text) const
  {
    const std::string entry  = name_of_entry + ": '" + text + "' ";
    const auto        equals = text.find('=');
    std::string       known  = "'boundary'";
    for (const std::string &surface : surface_names)
      known += ", '" + surface + "'";
    AssertInput(equals != std::string::npos,
                entry << "is no face; allowed are " << known << " and lists of "
                      << "faces such as '" << names[0] << " = " << box.lower[0]
                      << "'.");
    const std::string input = trim(text.substr(0, equals));
    BoxFace           face;
    face.input = std::find(names.begin(), names.end(), input) - names.begin();
    AssertInput(face.input < names.size(),
                entry << "is no face, because '" << input << "' is no input.");
    const double lower_bound = box.lower[face.input];
    const double upper_bound = box.upper[face.input];
    const double value =
      parse_number(name_of_entry, text.substr(equals + 1), constants);
    const double tolerance = 1e-12 * (upper_bound - lower_bound);
    face.is_upper          = std::abs(value - upper_bound) <= tolerance;
    AssertInput(face.is_upper || std::abs(value - lower_bound) <= tolerance,
                entry << "is no face: the bounds of '" << input << "' are "
                      << lower_bound << " and " << upper_bound << ".");
    return face;
  }



  InputPoints
  DomainParameters::inside(const InputPoints &points) const
  {
    if (!level_set)
      return points;
    std::vector<std::size_t> kept;
    for (std::size_t p = 0; p < points.size(); ++p)
      if (evaluate(*level_set, points.point(p)) > 0.)
        kept.push_back(p);
    return points.selection(kept);
  }



  InputPoints DomainParameters::restrict(const InputPoints &points,
                                         const std::string &where,
                                         const MPI_Comm     communicator) const
  {
    const InputPoints result = inside(points);
    AssertInput(dealii::Utilities::MPI::max(
                  static_cast<unsigned int>(result.size()), communicator) > 0,
                "Domain/inside: the formula is not positive at any of the "
                  << where << ".");
    return result;
  }



  std::vector<unsigned int>
  DomainParameters::coordinates() const
  {
    std::vector<unsigned int> result;
    for (unsigned int i = 0; i < names.size(); ++i)
      if (names[i] != "t")
        result.push_back(i);
    return result;
  }
} // namespace sobolev
