// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/coarse_transfinite_manifold.h>
#include <sobolev/problem/mesh_description.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/utilities.h>

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_in.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace sobolev
{
  namespace
  {
    struct Generator
    {
      std::string arguments;
      std::string example;
    };



    /** The usual generators in this dimension by their name. */
    template <int dim>
    std::map<std::string, Generator>
    usual_generators()
    {
      const auto point = [](const std::string &coordinate) {
        std::string result = coordinate;
        for (unsigned int d = 1; d < dim; ++d)
          result += "," + coordinate;
        return result;
      };
      const std::string zero = point("0"), one = point("1");

      std::map<std::string, Generator> result = {
        {"hyper_cube", {"left : right : colorize", "0 : 1 : true"}},
        {"subdivided_hyper_cube",
         {"repetitions : left : right : colorize", "4 : 0 : 1 : true"}},
        {"hyper_rectangle",
         {"corner : opposite corner : colorize",
          zero + " : " + one + " : true"}},
        {"subdivided_hyper_rectangle",
         {"repetitions per direction : corner : opposite corner : colorize",
          point("4") + " : " + zero + " : " + one + " : true"}}};
      if (dim > 1)
        {
          result["hyper_L"]     = {"left : right : colorize",
                               dim == 2 ? "-1 : 1 : true" : "-1 : 1 : false"};
          result["hyper_ball"]  = {"center : radius : attach manifold",
                                   zero + " : 1 : false"};
          result["hyper_shell"] = {
            "center : inner radius : outer radius : number of cells : colorize",
            zero + " : 0.5 : 1 : 0 : true"};
          result["plate_with_a_hole"] = {
            "hole radius : outer radius : pad bottom : pad top : pad left : "
            "pad right : center : manifold id : manifold id : height : slices "
            ": colorize",
            "0.25 : 0.5 : 0.5 : 0.5 : 0.5 : 0.5 : " + zero +
              " : 0 : 1 : 1 : 2 : true"};
        }
      return result;
    }



    /** deal.II's message on one line without its final full stop. */
    std::string
    one_line(const dealii::ExceptionBase &exception)
    {
      std::ostringstream message;
      exception.print_info(message);
      std::istringstream words(message.str());
      std::string        result, word;
      while (words >> word)
        result += (result.empty() ? "" : " ") + word;
      while (!result.empty() && result.back() == '.')
        result.pop_back();
      return result.empty() || result == "(none)" ? "deal.II gave no reason"
                                                  : result;
    }



    template <int dim>
    void
    generate(dealii::Triangulation<dim> &triangulation,
             const MeshDescription      &description)
    {
      const auto        usual     = usual_generators<dim>();
      const auto        generator = usual.find(description.generator);
      const bool        is_usual  = generator != usual.end();
      const std::string arguments = description.arguments.empty() && is_usual
                                      ? generator->second.example
                                      : description.arguments;
      try
        {
          dealii::GridGenerator::generate_from_name_and_arguments(
            triangulation, description.generator, arguments);
        }
      catch (const dealii::ExceptionBase &exception)
        {
          if (is_usual)
            throw InputError("Mesh/arguments: '" + arguments +
                             "' is not valid for " + description.generator +
                             " in " + std::to_string(dim) + "D, which takes '" +
                             generator->second.arguments + "', for instance '" +
                             generator->second.example + "'.");
          std::string names;
          for (const auto &entry : usual)
            names += (names.empty() ? "" : ", ") + entry.first;
          throw InputError("Mesh/generator: '" + description.generator +
                           "' with the arguments '" + arguments +
                           "' makes no mesh in " + std::to_string(dim) + "D (" +
                           one_line(exception) + "). Usual generators are " +
                           names + ".");
        }
    }



    /** The format that belongs to the extension of @p path. */
    template <int dim>
    typename dealii::GridIn<dim>::Format
    file_format(const std::filesystem::path &path)
    {
      using GridIn = dealii::GridIn<dim>;
      const std::map<std::string, typename GridIn::Format> formats = {
        {".msh", GridIn::msh},
        {".vtk", GridIn::vtk},
        {".vtu", GridIn::vtu},
        {".unv", GridIn::unv},
        {".inp", GridIn::ucd},
        {".xda", GridIn::xda},
        {".dat", GridIn::tecplot}};
      const auto format = formats.find(path.extension().string());
      AssertInput(format != formats.end(),
                  "Mesh/file name: the format of '"
                    << path.string() << "' is not known from its extension; "
                    << "allowed are .msh, .vtk, .vtu, .unv, .inp, .xda and "
                    << ".dat.");
      return format->second;
    }



    template <int dim>
    void
    read(dealii::Triangulation<dim>  &triangulation,
         const std::filesystem::path &path)
    {
      const auto    format = file_format<dim>(path);
      std::ifstream file(path);
      AssertInput(file && std::filesystem::is_regular_file(path),
                  "Mesh/file name: the file '"
                    << path.string() << "' is missing or not readable.");

      const std::string start = "Mesh/file name: '" + path.string() +
                                "' holds no readable " + std::to_string(dim) +
                                "D mesh of quadrilaterals or hexahedra (";
      try
        {
          dealii::GridIn<dim> grid_in(triangulation);
          grid_in.read(file, format);
        }
      catch (const dealii::ExceptionBase &exception)
        {
          throw InputError(start + one_line(exception) + ").");
        }
      catch (const std::exception &exception)
        {
          throw InputError(start + exception.what() + ").");
        }
    }



    /** What deal.II lets pass, at least in Release mode. */
    template <int dim>
    void
    check_coarse_cells(const dealii::Triangulation<dim> &triangulation,
                       const std::string                &origin)
    {
      AssertInput(triangulation.n_cells(0) > 0,
                  origin << " makes a mesh without cells.");
      AssertInput(triangulation.all_reference_cells_are_hyper_cube(),
                  origin << " makes a mesh with triangles, tetrahedra, wedges "
                            "or pyramids; only lines, quadrilaterals and "
                            "hexahedra are allowed.");
      for (const auto &cell : triangulation.cell_iterators_on_level(0))
        AssertInput(cell->measure() > 0.,
                    origin << " makes a mesh with an inverted or empty cell at "
                           << "(" << cell->center() << ").");
    }
  } // namespace



  template <int dim>
  void
  create_mesh(dealii::Triangulation<dim> &triangulation,
              const MeshDescription      &description,
              const std::string          &directory)
  {
    Assert(triangulation.n_levels() == 0,
           dealii::ExcMessage("create_mesh() needs an empty triangulation."));

    if (description.file_name.empty())
      {
        generate(triangulation, description);
        check_coarse_cells(triangulation,
                           "Mesh/generator: '" + description.generator +
                             "' with the arguments '" + description.arguments +
                             "'");
      }
    else
      {
        const auto path =
          std::filesystem::path(directory) / description.file_name;
        read(triangulation, path);
        check_coarse_cells(triangulation,
                           "Mesh/file name: '" + path.string() + "'");
      }
    make_transfinite_manifolds_copyable(triangulation);
    triangulation.refine_global(description.refinements);
  }



  template <int dim>
  std::unique_ptr<dealii::Mapping<dim>>
  create_mapping(const MeshDescription &description)
  {
    AssertInput(description.mapping_degree > 0,
                "Mesh/mapping degree: 0 is not allowed, the least is 1.");
    return std::make_unique<dealii::MappingQ<dim>>(description.mapping_degree);
  }



  template void create_mesh(dealii::Triangulation<1> &,
                            const MeshDescription &,
                            const std::string &);
  template void create_mesh(dealii::Triangulation<2> &,
                            const MeshDescription &,
                            const std::string &);
  template void create_mesh(dealii::Triangulation<3> &,
                            const MeshDescription &,
                            const std::string &);
  template std::unique_ptr<dealii::Mapping<1>>
  create_mapping(const MeshDescription &);
  template std::unique_ptr<dealii::Mapping<2>>
  create_mapping(const MeshDescription &);
  template std::unique_ptr<dealii::Mapping<3>>
  create_mapping(const MeshDescription &);
} // namespace sobolev
