// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_domain_parameters_h
#define sobolev_application_domain_parameters_h

#include <sobolev/application/parametric_surface.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/sampling/box.h>
#include <sobolev/sampling/input_points.h>
#include <sobolev/sampling/sample_box.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The section Domain of a parameter file: a box in the inputs, or the part of
   * it where a formula is positive, with surfaces of its own.
   */
  class DomainParameters
  {
  public:
    /** Faces of the box, and surfaces by their numbers. */
    struct Places
    {
      std::vector<BoxFace>      faces;
      std::vector<unsigned int> surfaces;
    };

    void declare_parameters(dealii::ParameterHandler &prm);

    /** The inputs, before parse_parameters() as well. */
    std::vector<std::string> input_names() const;

    /** @throws InputError for everything that does not fit together. */
    void parse_parameters(const FormulaParser::Constants &known);

    /** The inputs that are coordinates: all but t. */
    std::vector<unsigned int> coordinates() const;

    /**
     * The faces and surfaces in the @p text of an entry, a list with commas, or
     * `boundary` for all faces of all coordinates.
     *
     * @throws InputError if there are none with these names.
     */
    Places
    parse_places(const std::string &entry, const std::string &text) const;

    /** The same for faces only. */
    std::vector<BoxFace>
    parse_faces(const std::string &entry, const std::string &text) const;

    /** The points that are in the domain. Local. */
    InputPoints inside(const InputPoints &points) const;

    /**
     * The same. Collective.
     *
     * @throws InputError if no process has one; the sentence says @p where.
     */
    InputPoints restrict(const InputPoints &points,
                         const std::string &where,
                         const MPI_Comm     communicator) const;

    Box                            box;
    std::vector<ParametricSurface> surfaces;

  private:
    void parse_surfaces();

    BoxFace parse_face(const std::string &entry, const std::string &text) const;

    std::string inputs = "x", lower = "0", upper = "1";
    std::string inside_formula, surface_list;

    std::vector<std::string> names;
    FormulaParser::Constants constants;

    // The domain is where this is positive; none: the box.
    std::unique_ptr<const Formula> level_set;

    std::vector<std::string> surface_names;
  };
} // namespace sobolev

#endif
